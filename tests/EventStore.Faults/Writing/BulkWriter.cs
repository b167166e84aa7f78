using System.Diagnostics;
using Npgsql;

namespace K12Hub.EventStore.Faults;

/// <summary>Appends in bulk, by COPY: one transaction that stays open for as long as it is calm, so that nothing after
/// its first position is settled meanwhile; and short ones while the server crashes, which end in the middle.</summary>
internal sealed class BulkWriter(DocumentStore store, Phases phases, Random random)
{
    private const int Streams = 40;
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenCalls = TimeSpan.FromMilliseconds(300);

    // While it writes, nothing but what is older is settled, and what is wrong with that does not show.
    private static readonly TimeSpan BetweenShortOnes = TimeSpan.FromSeconds(3);
    private readonly List<Bulk> all = [];

    /// <summary>What it tried.</summary>
    public IReadOnlyList<Bulk> All => all;

    /// <summary>How many that were stored took as long as they may.</summary>
    public int LongOnes => all.Count(bulk => bulk is { IsStored: true, IsLong: true });

    public async Task DoAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var calm = phases.Calm;
            var bulk = new Bulk(Ids.Next(random), IsLong: calm > phases.Long * 0.8);
            all.Add(bulk);
            try
            {
                await AppendAsync(bulk, bulk.IsLong ? calm - BetweenCalls : Short, over);
                bulk.IsStored = true;
                await Task.Delay(BetweenShortOnes, over);
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
            {
                // Whether it was stored is not known; but it is there as a whole or not at all.
                await Task.Delay(BetweenCalls, CancellationToken.None);
            }
        }
    }

    private async Task AppendAsync(Bulk bulk, TimeSpan duration, CancellationToken over)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(over);
        await using var transaction = await connection.BeginTransactionAsync(over);
        var streams = Enumerable.Range(0, Streams).Select(_ => Ids.Next(random)).ToList();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            var events = streams.SelectMany(stream => Enumerable.Repeat(
                new BulkEvent(stream, "bulk", new LinePosted(bulk.Id, 0)), random.Next(1, 5))).ToList();
            bulk.Events += events.Count;
            await store.BulkAppend.AppendAsync(
                connection, Stores.District, events.ToAsyncEnumerable(), EventMetadata.None, over);
            await Task.Delay(BetweenCalls, over);
        }

        await transaction.CommitAsync(over);
    }
}

/// <summary>One transaction in bulk.</summary>
internal sealed record Bulk(Guid Id, bool IsLong)
{
    /// <summary>How many events it has appended.</summary>
    public int Events { get; set; }

    /// <summary>Whether the database said that it was stored.</summary>
    public bool IsStored { get; set; }
}
