using System.Diagnostics;
using Npgsql;

namespace K12Hub.EventStore.Tests;

public sealed class A_killed_run_leaves_nothing
{
    /// <summary>Set in the process that is to be killed: where to append.</summary>
    private const string Victim = "K12HUB_TEST_VICTIM";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Kill_9_in_the_middle_of_a_bulk_append_undoes_it_and_the_next_run_succeeds(int before)
    {
        await using var test = await TestStore.CreateAsync();
        if (before > 0)
        {
            await test.OpenAsync(new(1, 1, 1, new byte[8]));
        }

        using var victim = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "--filter-method", "*" + nameof(Appends_in_bulk_until_killed), "--explicit", "only" },
            Environment = { [Victim] = test.ConnectionString },
            RedirectStandardOutput = true,
        })!;
        await UntilAsync(async () => await test.ScalarAsync<long>(CopyingEvents) > 0);
        victim.Kill();
        await victim.WaitForExitAsync(TestStore.Ct);
        await UntilAsync(async () => await test.ScalarAsync<long>(CopyingEvents) == 0);

        Assert.Equal(before, await test.CountAsync("es.events"));
        Assert.Equal(before, await test.CountAsync("es.streams"));
        await AppendAsync(test.Store, 1_000, TestStore.Ct);
        Assert.Equal(before + 1_000, await test.CountAsync("es.events"));
        var page = await test.Store.Feed.ReadSettledAsync(TestStore.Lincoln, 0, 10_000, null, TestStore.Ct);
        Assert.Equal(before + 1_000, page.Events.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cut_connection_or_a_cancelled_run_says_so_and_leaves_nothing(bool cut)
    {
        await using var test = await TestStore.CreateAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestStore.Ct);
        var running = AppendAsync(test.Store, 300_000, cancel.Token);
        await UntilAsync(async () => await test.ScalarAsync<long>(CopyingEvents) > 0);
        if (cut)
        {
            await test.ExecuteAsync(CutCopying);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => running);
        }
        else
        {
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }

        await UntilAsync(async () => await test.ScalarAsync<long>(CopyingEvents) == 0);
        Assert.Equal(0, await test.CountAsync("es.streams"));
        await AppendAsync(test.Store, 10, TestStore.Ct);
        Assert.Equal(10, await test.CountAsync("es.events"));
    }

    [Fact(Explicit = true)]
    public async Task Appends_in_bulk_until_killed()
    {
        var address = Environment.GetEnvironmentVariable(Victim);
        await using var store = DocumentStore.For(options => TestStore.Configure(options, address));
        await AppendAsync(store, 300_000, TestStore.Ct);
    }

    // The server has the databases of other tests, too, which copy at the same time.
    private const string CopyingHere = "from pg_stat_progress_copy where datname = current_database()";

    private const string CutCopying = "select pg_terminate_backend(pid) " + CopyingHere;

    /// <summary>Sessions that have copied some rows into the log and are not done.</summary>
    private const string CopyingEvents =
        "select count(*) " + CopyingHere + " and relid = 'es.events'::regclass and tuples_processed > 1000";

    private static async Task AppendAsync(DocumentStore store, int count, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var events = Enumerable.Range(0, count).Select(i => A_bulk_append_equals_single_appends.Number(i, i));
        await store.BulkAppend.AppendAsync(
            connection, TestStore.Lincoln, events.ToAsyncEnumerable(), EventMetadata.None, ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        while (!await reached())
        {
            await Task.Delay(10, TestStore.Ct);
        }
    }
}
