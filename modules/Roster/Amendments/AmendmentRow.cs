using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>A request to amend a record of a student, and what came of it.</summary>
internal sealed record AmendmentRow
{
    /// <summary>Never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>Whose record it is.</summary>
    [Filterable, ID<StudentRow>, AlwaysLoaded]
    public Guid StudentId { get; init; }

    /// <summary>Which part of the record is contested.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    public string What { get; init; } = "";

    /// <summary>Why, and what it should say instead.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    public string Why { get; init; } = "";

    /// <summary>requested, accepted or declined.</summary>
    [Filterable]
    public string State { get; init; } = "";

    /// <summary>When it was asked for.</summary>
    [Filterable, Sortable]
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Id of who asked for it.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>The day by which it is to be decided, as it was promised when it was asked for.</summary>
    [Filterable, Sortable]
    public DateOnly DueOn { get; init; }

    /// <summary>When it was decided last; null while it waits.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Id of who decided last; null while it waits.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why it was declined; also when it was accepted after that.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    public string? Reason { get; init; }

    /// <summary>What the family says to it, where it was declined: it goes wherever the contested part goes.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    public string? Statement { get; init; }

    /// <summary>When the statement was put with the record; null where there is none.</summary>
    public DateTimeOffset? StatementAt { get; init; }
}

internal sealed class AmendmentList : SingleStreamProjection<Amendment, AmendmentRow>
{
    public override AmendmentRow? Row(Amendment aggregate) => aggregate.Requested is not { } asked ? null : new()
    {
        Id = aggregate.Id,
        StudentId = asked.Student,
        What = asked.What,
        Why = asked.Why,
        State = aggregate.State,
        RequestedAt = asked.At,
        RequestedBy = asked.By,
        DueOn = asked.DueOn,
        DecidedAt = aggregate.Decided?.At,
        DecidedBy = aggregate.Decided?.By,
        Reason = aggregate.Reason,
        Statement = aggregate.Statement?.Statement,
        StatementAt = aggregate.Statement?.At,
    };
}
