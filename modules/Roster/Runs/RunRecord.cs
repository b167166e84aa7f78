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
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    IReadOnlyDictionary<string, ImportCounts> Counts,
    CollectedFindings Findings,
    IReadOnlyList<ProposedChange> Changes,
    string? Checksum = null)
{
    /// <summary>How long it took, in milliseconds.</summary>
    public int DurationMs => (int)(FinishedAt - StartedAt).TotalMilliseconds;

    /// <summary>The event of the run.</summary>
    public BulkEvent Event => new(Id, SyncRunFinished.StreamKind, new SyncRunFinished(
        Source, Format, Origin, Word(Status), false, StartedAt, DurationMs, Counts, (int)Findings.Total,
        Status is ImportStatus.Applied ? FinishedAt : null));

    /// <summary>What the caller is told.</summary>
    public ImportOutcome Outcome => new(Id, Status, Counts, Findings.Kept, DurationMs);

    /// <summary>A moment as PostgreSQL keeps it, so that rows and events say the same.</summary>
    public static DateTimeOffset Kept(DateTimeOffset moment) =>
        new(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerMicrosecond), moment.Offset);

    /// <summary>Id of a run: computed, as all roster ids; two runs of a source never begin at once.</summary>
    public static Guid IdOf(string source, DateTimeOffset startedAt) =>
        RosterId.Of(source, "runs", startedAt.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Writes the rows in the transaction the connection is in. What waited of this source gives way, unless
    /// this one could not be read.</summary>
    /// <returns>The events.</returns>
    public async Task<IReadOnlyList<BulkEvent>> WriteRowsAsync(
        NpgsqlConnection connection, TableMaps tables, DistrictId district, CancellationToken ct)
    {
        var superseded = Status is ImportStatus.Rejected or ImportStatus.Refused
            ? []
            : await RunDecision.SupersedeAsync(connection, tables, district, this, ct);
        await using var batch = new NpgsqlBatch(connection);
        RowInsert.Add(batch, tables.For<SyncRunRow>(), district, Row());
        foreach (var (collection, counts) in Counts)
        {
            RowInsert.Add(batch, tables.For<SyncCountRow>(), district, Row(collection, counts));
        }

        var (place, number) = (0, 0);
        foreach (var change in Listed())
        {
            RowInsert.Add(batch, tables.For<SyncChangeRow>(), district, Row(++place, change));
        }

        foreach (var finding in Findings.Kept)
        {
            RowInsert.Add(batch, tables.For<SyncFindingRow>(), district, Row(++number, finding));
        }

        // One that cannot be read is remembered too: it will not become better by being read again.
        if (Checksum is not null && Status is not ImportStatus.Refused)
        {
            batch.BatchCommands.Add(new(SqlFile.Fill("package_read", ("table", RosterTables.PackageRows)))
            {
                Parameters =
                {
                    new() { Value = district.Value }, new() { Value = Source }, new() { Value = Checksum },
                    new() { Value = Id }, new() { Value = StartedAt.UtcDateTime },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(ct);
        return [Event, .. superseded];
    }

    /// <summary>Kind by kind, of each the school that loses most first.</summary>
    private IEnumerable<ProposedChange> Listed() => Changes.Where(change => change.Differences > 0)
        .OrderBy(change => change.Collection, StringComparer.Ordinal)
        .ThenByDescending(change => change.Ended)
        .ThenBy(change => change.SchoolName, StringComparer.Ordinal)
        .ThenBy(change => change.School);

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

    private SyncChangeRow Row(int number, ProposedChange change) => new()
    {
        RunId = Id,
        Number = number,
        Collection = change.Collection,
        SchoolId = change.School,
        SchoolName = change.SchoolName,
        InForce = change.InForce,
        Added = change.Added,
        Changed = change.Changed,
        Ended = change.Ended,
        Returned = change.Returned,
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

    /// <summary>A status or effect as it is stored and told.</summary>
    public static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
