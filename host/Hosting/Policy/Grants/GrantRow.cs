using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Hosting;

/// <summary>A role somebody was given.</summary>
internal sealed record GrantRow
{
    /// <summary>Never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>Id of the account, or of the token, as it stands in the log.</summary>
    [Filterable]
    public Guid AccountId { get; init; }

    /// <summary>districtAdministrator, schoolAdministrator, topicOwner, teamMember, recorder, directoryEditor,
    /// surveyManager, riskTeam, boardMember, auditor or integration.</summary>
    [Filterable]
    public string Role { get; init; } = "";

    /// <summary>The schools it is for; empty for the whole district, or for topics.</summary>
    [ID("School")]
    public Guid[] SchoolIds { get; init; } = [];

    /// <summary>The topics it is for; empty for the whole district, or for schools.</summary>
    public Guid[] TopicIds { get; init; } = [];

    /// <summary>From when on.</summary>
    public DateTimeOffset FromAt { get; init; }

    /// <summary>Until when; null for no end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why it was given.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it was ended before its time; null where it was not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it was ended.</summary>
    public string? EndReason { get; init; }
}

internal sealed class GrantList : SingleStreamProjection<Grant, GrantRow>
{
    public override GrantRow? Row(Grant aggregate) => !aggregate.Exists ? null : new()
    {
        Id = aggregate.Id,
        AccountId = aggregate.AccountId,
        Role = aggregate.Role,
        SchoolIds = aggregate.Schools,
        TopicIds = aggregate.Topics,
        FromAt = aggregate.From,
        Until = aggregate.Until,
        Reason = aggregate.Reason,
        EndedAt = aggregate.EndedAt,
        EndReason = aggregate.EndReason,
    };
}
