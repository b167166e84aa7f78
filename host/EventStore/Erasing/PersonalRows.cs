using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>Empties the marked columns of a subject's rows.</summary>
internal static class PersonalRows
{
    private const string ClearTable = "select es.clear_rows($1, $2, $3, $4, $5, $6, $7, $8)";

    /// <summary>One statement for each table and column that names subjects.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Clear(TableMaps tables, short tenant, Guid subject) =>
        from table in tables.All
        from whose in table.Columns.Where(c => c.Personal is not null).GroupBy(c => c.Personal!.SubjectColumn)
        select new NpgsqlBatchCommand(ClearTable)
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = tenant },
                new NpgsqlParameter<Guid> { TypedValue = subject },
                new NpgsqlParameter<string> { TypedValue = table.Schema },
                new NpgsqlParameter<string> { TypedValue = table.View[(table.Schema.Length + 1)..] },
                new NpgsqlParameter<int> { TypedValue = table.Version },
                new NpgsqlParameter<string> { TypedValue = whose.Key },
                Texts(whose.Select(c => c.Name)),
                Texts(whose.Select(c => c.Personal!.Emptied)),
            },
        };

    /// <summary>Has erasures of all districts wait until the transaction ends. Before any row is locked: they lock rows
    /// too.</summary>
    public static async Task HoldUpErasuresAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var hold = new NpgsqlCommand(
            "select pg_advisory_xact_lock_shared(20123, d) from es.districts() d", connection);
        await hold.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Empties, in tables that a rebuild has filled, what was erased while it read.</summary>
    /// <param name="filled">Where the rows are.</param>
    /// <param name="tenant">The district.</param>
    public static IEnumerable<NpgsqlBatchCommand> ClearErased(IEnumerable<RowTable> filled, short tenant) =>
        from table in filled
        from whose in table.Map.Columns.Where(c => c.Personal is not null).GroupBy(c => c.Personal!.SubjectColumn)
        select new NpgsqlBatchCommand("select es.clear_erased_rows($1, $2, $3, $4, $5)")
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = tenant },
                new NpgsqlParameter<string> { TypedValue = table.Name },
                new NpgsqlParameter<string> { TypedValue = whose.Key },
                Texts(whose.Select(c => c.Name)),
                Texts(whose.Select(c => c.Personal!.Emptied)),
            },
        };

    private static NpgsqlParameter Texts(IEnumerable<string> texts) =>
        new() { Value = texts.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
