using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>A field of a person of which the district says otherwise than the source. The newest per field.</summary>
internal sealed record OverrideRow
{
    /// <summary>Computed from person and field.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>The person.</summary>
    [Filterable, ID<PersonRow>, AlwaysLoaded]
    public Guid PersonId { get; init; }

    /// <summary>preferredGivenName, email, school and so on.</summary>
    [Filterable]
    public string Field { get; init; } = "";

    /// <summary>What the district says; null when there is none. Of a school its id.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? Value { get; init; }

    /// <summary>What the source says, kept apart while it is in force.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? SourceValue { get; init; }

    /// <summary>Why.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string Reason { get; init; } = "";

    /// <summary>When the source is believed again.</summary>
    [Filterable, Sortable]
    public DateTimeOffset Until { get; init; }

    /// <summary>When it was said.</summary>
    [Sortable]
    public DateTimeOffset OverriddenAt { get; init; }

    /// <summary>Id of who said it.</summary>
    public string? OverriddenBy { get; init; }

    /// <summary>When it ended, before its time or because that was over; null while it is in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Id of who ended it; null when the time was over.</summary>
    public string? EndedBy { get; init; }

    /// <summary>The row of a field of a person.</summary>
    public static Guid IdOf(Guid person, string field) => RosterId.Of("", "overrides", $"{person:N} {field}");
}
