using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>Somebody of whom nothing may go, and why.</summary>
internal sealed record LegalHoldRow
{
    /// <summary>Never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>The person.</summary>
    [Filterable, ID<PersonRow>, AlwaysLoaded]
    public Guid PersonId { get; init; }

    /// <summary>Why.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string Reason { get; init; } = "";

    /// <summary>When it was placed.</summary>
    [Filterable, Sortable]
    public DateTimeOffset PlacedAt { get; init; }

    /// <summary>Id of who placed it.</summary>
    public string? PlacedBy { get; init; }

    /// <summary>When it was released; null while it is in force.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>Id of who released it; null while it is in force.</summary>
    public string? ReleasedBy { get; init; }

    /// <summary>Why it was released; null while it is in force.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? ReleaseReason { get; init; }
}

internal sealed class LegalHoldList : SingleStreamProjection<LegalHold, LegalHoldRow>
{
    public override LegalHoldRow? Row(LegalHold aggregate) => aggregate.Placed is not { } placed ? null : new()
    {
        Id = aggregate.Id,
        PersonId = placed.Person,
        Reason = placed.Reason,
        PlacedAt = placed.At,
        PlacedBy = placed.By,
        ReleasedAt = aggregate.Released?.At,
        ReleasedBy = aggregate.Released?.By,
        ReleaseReason = aggregate.Released?.Reason,
    };
}
