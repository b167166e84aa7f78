using K12Hub.Contracts;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>People who were erased and whom the source sends all the same. What is staged of them is emptied before
/// anything looks at it, to just what an erasure leaves of a row: it then differs in nothing, or is added and returns
/// as erased.</summary>
internal sealed class ErasedPeople
{
    private const string Rule = "person.erased";

    private readonly IReadOnlySet<Guid> erased;

    private ErasedPeople(IReadOnlySet<Guid> erased) => this.erased = erased;

    /// <summary>Whether somebody was erased.</summary>
    public bool Contains(Guid person) => erased.Contains(person);

    /// <summary>Empties what is staged of them, and says so.</summary>
    public static async Task<ErasedPeople> EmptyAsync(
        RunScope run, TableMaps tables, CollectedFindings findings, CancellationToken ct)
    {
        IReadOnlySet<Guid> erased;
        await using (var moment = await run.Area.Main.BeginTransactionAsync(ct))
        {
            erased = await Erasure.HoldUpAsync(run.Area.Main, run.District, ct);
        }

        if (erased.Count > 0)
        {
            foreach (var kind in RosterKinds.All.Where(kind => kind.PersonColumn is not null))
            {
                await EmptyAsync(run, kind, tables, erased, findings, ct);
            }
        }

        return new(erased);
    }

    /// <summary>Has erasures wait until the transaction ends.</summary>
    /// <returns>False when somebody was erased since the staged records were emptied.</returns>
    public async Task<bool> HoldUpAsync(RunScope run, CancellationToken ct) =>
        (await Erasure.HoldUpAsync(run.Area.Main, run.District, ct)).Count == erased.Count;

    private static async Task EmptyAsync(
        RunScope run, RosterKind kind, TableMaps tables, IReadOnlySet<Guid> erased, CollectedFindings findings,
        CancellationToken ct)
    {
        var row = tables.All.Single(table => table.View == kind.View);
        var staged = kind.StagedColumns.ToHashSet();
        var emptied = row.Columns.Where(column => column.Personal is not null && staged.Contains(column.Name))
            .Select(column => $"{column.Name} = {Emptied(column)}").ToList();
        if (emptied.Count == 0) return;

        var sql = RosterSql.About(kind, "erased",
            ("person", kind.PersonColumn!), ("emptied", string.Join(", ", emptied)));
        await using var command = run.Area.Main.Statement(sql, erased.ToArray());
        await using var lines = await command.ExecuteReaderAsync(ct);
        var isTold = kind == RosterKinds.Users || kind == RosterKinds.Supplements;
        while (isTold && await lines.ReadAsync(ct))
        {
            findings.Add(new(FindingEffect.Warning, Rule,
                "This person was erased here and stays so. Take the row out at the source.",
                run.NameOf(kind.Collection), lines.GetInt32(0)));
        }
    }

    private static string Emptied(TableColumn column) =>
        column.Personal!.Emptied is { Length: > 0 } text ? $"'{text}'::{column.PgType}" : "null";
}
