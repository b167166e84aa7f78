using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>What the district has named directory information, and to whom it may go.</summary>
internal sealed record DirectoryInformationRow
{
    /// <summary>Of all districts the same: there is one.</summary>
    [GraphQLIgnore]
    public Guid Id { get; init; }

    /// <summary>What, as it is stored.</summary>
    [GraphQLIgnore]
    public string[] Categories { get; init; } = [];

    /// <summary>The day of the yearly notice to families.</summary>
    public DateOnly NoticeDate { get; init; }

    /// <summary>The parties that alone may have it; empty when it may go to anybody.</summary>
    public string[] LimitedTo { get; init; } = [];
}

internal sealed class DirectoryInformationList : SingleStreamProjection<DirectoryInformation, DirectoryInformationRow>
{
    public override DirectoryInformationRow? Row(DirectoryInformation aggregate) =>
        aggregate.Named is not { } named ? null : new()
        {
            Id = aggregate.Id,
            Categories = named.Categories,
            NoticeDate = named.NoticeDate,
            LimitedTo = named.LimitedTo,
        };
}
