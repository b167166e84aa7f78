using System.Globalization;
using K12Hub.Contracts;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>What is kept of a run: a row for the run, one per collection, one per finding, and the event.</summary>
internal sealed record RunRecord(
    Guid Id,
    string Source,
    string Format,
    string Origin,
    ImportStatus Status,
    bool Forced,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    IReadOnlyDictionary<string, ImportCounts> Counts,
    CollectedFindings Findings)
{
    /// <summary>How long it took, in milliseconds.</summary>
    public int DurationMs => (int)(FinishedAt - StartedAt).TotalMilliseconds;

    /// <summary>The event of the run.</summary>
    public BulkEvent Event => new(Id, SyncRunFinished.StreamKind, new SyncRunFinished(
        Source, Format, Origin, Word(Status), Forced, StartedAt, DurationMs, Counts, (int)Findings.Total));

    /// <summary>What the caller is told.</summary>
    public ImportOutcome Outcome => new(Id, Status, Counts, Findings.Kept, DurationMs);

    /// <summary>Id of a run: computed, as all roster ids; two runs of a source never begin at once.</summary>
    public static Guid IdOf(string source, DateTimeOffset startedAt) =>
        RosterId.Of(source, "runs", startedAt.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Writes the rows in the transaction the connection is in.</summary>
    public async Task WriteRowsAsync(
        NpgsqlConnection connection, TableMaps tables, DistrictId district, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        RowInsert.Add(batch, tables.For<SyncRunRow>(), district, Row());
        foreach (var (collection, counts) in Counts)
        {
            RowInsert.Add(batch, tables.For<SyncCountRow>(), district, Row(collection, counts));
        }

        var number = 0;
        foreach (var finding in Findings.Kept)
        {
            RowInsert.Add(batch, tables.For<SyncFindingRow>(), district, Row(++number, finding));
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    private SyncRunRow Row() => new()
    {
        Id = Id,
        Source = Source,
        Format = Format,
        Origin = Origin,
        Status = Word(Status),
        StartedAt = StartedAt,
        FinishedAt = FinishedAt,
        DurationMs = DurationMs,
        Forced = Forced,
        FindingCount = (int)Findings.Total,
    };

    private SyncCountRow Row(string collection, ImportCounts counts) => new()
    {
        RunId = Id,
        Collection = collection,
        Added = counts.Added,
        Changed = counts.Changed,
        Ended = counts.Ended,
        Returned = counts.Returned,
        Rejected = counts.Rejected,
    };

    private SyncFindingRow Row(int number, RosterFinding finding) => new()
    {
        RunId = Id,
        Number = number,
        Effect = Word(finding.Effect),
        Rule = finding.Rule,
        Message = finding.Message,
        File = finding.File,
        Line = finding.Line,
        Column = finding.Column,
        Value = finding.Value,
    };

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
