using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Hosting.Tests.Clubs;

/// <summary>A club after school.</summary>
public sealed record ClubRow
{
    /// <summary>Never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>The name on the door.</summary>
    [Filterable, Sortable]
    public string Name { get; init; } = "";

    /// <summary>How many children fit in.</summary>
    public int Seats { get; init; }

    /// <summary>How many are in.</summary>
    public int Taken { get; init; }

    /// <summary>Whether nobody else fits in.</summary>
    public bool IsFull => Taken >= Seats;

    /// <summary>The club it shares its room with.</summary>
    [Filterable, ID<ClubRow>]
    public Guid? PartnerId { get; init; }
}

internal sealed class ClubList : SingleStreamProjection<Club, ClubRow>
{
    public override ClubRow? Row(Club aggregate) => new()
    {
        Id = aggregate.Id,
        Name = aggregate.Name,
        Seats = aggregate.Seats,
        Taken = aggregate.Taken,
        PartnerId = aggregate.Partner,
    };
}
