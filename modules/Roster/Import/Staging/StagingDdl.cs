using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>The staging table of a kind: the row's columns with the row's types, and what only a run needs.</summary>
internal static class StagingDdl
{
    /// <summary>Makes the table for what is sent and the table for what is to be done.</summary>
    public static string Create(RosterKind kind, TableMap row)
    {
        var types = row.Columns.ToDictionary(column => column.Name, column => column.PgType);
        var facts = kind.FactColumns.Select(name => $"{name} {types[name]}");
        var references = kind.ReferenceColumns.Select(name => $"{name} {(IsList(name) ? "text[]" : "text")}");
        return $"""
            create unlogged table {kind.Staged} (
              {string.Join(", ", facts.Concat(references))},
              id uuid not null, row_hash uuid not null, line integer not null, deleted boolean not null
            ) with (autovacuum_enabled = off);
            create unlogged table {kind.Changes} (
              id uuid not null, change text not null, version integer, ended_at timestamptz
            ) with (autovacuum_enabled = off)
            """;
    }

    private static bool IsList(string reference) => reference.EndsWith('s');
}
