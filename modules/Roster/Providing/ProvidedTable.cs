using K12Hub.Contracts;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>A kind of record as it is handed on: what of it can be asked about, how its rows become records again.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Fields">Its own fields.</param>
/// <param name="Columns">What is read of a row besides what all have, in the order in which it is read.</param>
/// <param name="Joins">Where that comes from.</param>
/// <param name="Read">Makes the record.</param>
internal sealed record ProvidedTable(
    RosterKind Kind,
    IReadOnlyList<ProvidedField> Fields,
    string Columns,
    string Joins,
    Func<ProvidedBase, StagedReader, RosterRecord> Read)
{
    /// <summary>When a row was last changed, to the millisecond, as it is handed on.</summary>
    public string Modified { get; init; } = "s.updated_at";

    /// <summary>The rows that changed as the condition in braces says.</summary>
    public string ChangedRows { get; init; } =
        "select s.stream_id from es.streams s where s.tenant_id = $1 and {0}";

    /// <summary>Whether a row of an alias is somebody's who was not erased. Of the others nothing is handed
    /// on.</summary>
    public static string IsKept(string alias) => $"{alias}.sourced_id <> '{PersonalDataAttribute.Erased}'";

    /// <summary>What a row must be besides.</summary>
    public string Must { get; init; } = IsKept("t");

    /// <summary>What the rows are taken from.</summary>
    public string From { get; init; } = Kind.View;

    /// <summary>Where a single row has the id it is asked for by.</summary>
    public string IdColumn { get; init; } = "id";

    /// <summary>What a row must be for it to be told to whom it belongs; null where nothing is.</summary>
    public string? MustBelong { get; init; }

    /// <summary>All fields, those that every record has first.</summary>
    public IReadOnlyList<ProvidedField> All =>
    [
        new(new(RosterField.SourcedId, RosterFieldType.Text, CanSort: true), "t.sourced_id"),
        new(new("status", RosterFieldType.Status), "t.ended_at"),
        new(new("dateLastModified", RosterFieldType.Moment), ""),
        .. Fields,
    ];

    public ProvidedField Field(string name) => All.First(field => field.Field.Name == name);
}

/// <summary>What every record has.</summary>
internal readonly record struct ProvidedBase(string SourcedId, RecordStatus Status, DateTimeOffset Modified);
