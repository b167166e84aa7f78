using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>One record a held run would change, kept until somebody decides. Nobody reads it over the API.</summary>
internal sealed record HeldChangeRow
{
    /// <summary>The run.</summary>
    public Guid RunId { get; init; }

    /// <summary>OneRoster's name of the kind.</summary>
    public string Collection { get; init; } = "";

    /// <summary>The record.</summary>
    public Guid RecordId { get; init; }

    /// <summary>added, changed, ended or returned.</summary>
    public string Change { get; init; } = "";

    /// <summary>Hash of the stored record when the run was held; null when there was none.</summary>
    public Guid? SeenHash { get; init; }

    /// <summary>Whom the record is about, where erasing them empties it.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The staged record as JSON; null for what would end.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? Data { get; init; }
}
