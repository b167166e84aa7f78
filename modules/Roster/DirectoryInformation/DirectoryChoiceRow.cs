using System.Globalization;
using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>What a student's family said of directory information.</summary>
internal sealed record DirectoryChoiceRow
{
    /// <summary>Computed from the student.</summary>
    [GraphQLIgnore]
    public Guid Id { get; init; }

    /// <summary>The student.</summary>
    [ID<StudentRow>, AlwaysLoaded]
    public Guid StudentId { get; init; }

    /// <summary>What must not go out, as it is stored.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    [GraphQLIgnore]
    public string[] OptedOut { get; init; } = [];

    /// <summary>Since when, in the same order; days as ISO 8601 has them.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    [GraphQLIgnore]
    public string[] OptedOutSince { get; init; } = [];

    /// <summary>Who said so, in the same order.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    [GraphQLIgnore]
    public string[] OptedOutBy { get; init; } = [];

    /// <summary>Whether nothing goes out but what a parent consented to. Why is not stored.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    public bool? NeedsConsent { get; init; }

    /// <summary>What was consented to, as it is stored.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    [GraphQLIgnore]
    public string[] Consented { get; init; } = [];
}

internal sealed class DirectoryChoiceList : SingleStreamProjection<DirectoryChoice, DirectoryChoiceRow>
{
    public override DirectoryChoiceRow? Row(DirectoryChoice aggregate) => aggregate.Student == default ? null : new()
    {
        Id = aggregate.Id,
        StudentId = aggregate.Student,
        OptedOut = [.. aggregate.OptedOut.Select(one => one.Category)],
        OptedOutSince = [.. aggregate.OptedOut.Select(one =>
            one.Since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))],
        OptedOutBy = [.. aggregate.OptedOut.Select(one => one.Who)],
        NeedsConsent = aggregate.Consented is not null,
        Consented = [.. aggregate.Consented ?? []],
    };
}
