using K12Hub.Contracts;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster.Tests;

/// <summary>Records runs as an import does, without importing anything.</summary>
internal static class RecordedRuns
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Records a run; what is done between writing and committing is the test's business.</summary>
    public static async Task RecordAsync(
        this DocumentStore store, string source, DistrictId? district = null, Func<Task<bool>>? beforeCommit = null)
    {
        var record = Run(source);
        var tenant = district ?? TestDistrict.Id;
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await record.WriteRowsAsync(connection, store.Options.Tables, tenant, Ct);
        await AppendAsync(store, connection, tenant, record);
        if (beforeCommit is null || await beforeCommit())
        {
            await transaction.CommitAsync(Ct);
            store.Signals.Raise(tenant);
        }
    }

    /// <summary>Records the events of many runs at once.</summary>
    public static async Task RecordManyAsync(this DocumentStore store, int count)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await AppendAsync(
            store, connection, TestDistrict.Id, [.. Enumerable.Range(0, count).Select(i => Run($"run {i}"))]);
        await transaction.CommitAsync(Ct);
    }

    /// <summary>The positions of all recorded runs, in order.</summary>
    public static async Task<List<string>> PositionsAsync(this DocumentStore store)
    {
        var all = new List<string>();
        await using var command = store.OwnerDataSource.CreateCommand(
            "select e.position::text from es.events e where type = 'roster.sync_run_finished' order by e.position");
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(Ct);
        while (await rows.ReadAsync(Ct)) all.Add(rows.GetString(0));
        return all;
    }

    private static RunRecord Run(string source)
    {
        var now = DateTimeOffset.UtcNow;
        var counts = RosterCollections.All.ToDictionary(name => name, _ => new ImportCounts(1, 0, 0, 0, 0));
        return new RunRecord(
            RunRecord.IdOf(source, now), source, "Test", "nowhere", ImportStatus.Applied, now, now, counts,
            new CollectedFindings(), []);
    }

    private static Task<BulkAppendResult> AppendAsync(
        DocumentStore store, NpgsqlConnection connection, DistrictId tenant, params RunRecord[] records) =>
        store.BulkAppend.AppendAsync(
            connection, tenant, records.Select(record => record.Event).ToAsyncEnumerable(), new("test"), Ct);
}
