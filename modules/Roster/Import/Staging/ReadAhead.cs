using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace K12Hub.Roster;

/// <summary>Reads a source on another thread, a little ahead: unpacking and reading rows takes as long as hashing and
/// sending them.</summary>
internal static class ReadAhead
{
    private const int BatchSize = 256;
    private const int Batches = 4;

    /// <summary>The same records, in the same order, with the same failure after the last.</summary>
    /// <param name="records">The source's.</param>
    /// <param name="ct">Stops reading.</param>
    public static async IAsyncEnumerable<T> Of<T>(
        IAsyncEnumerable<T> records, [EnumeratorCancellation] CancellationToken ct)
    {
        var batches = Channel.CreateBounded<List<T>>(
            new BoundedChannelOptions(Batches) { SingleReader = true, SingleWriter = true });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = ReadAsync(records, batches.Writer, over.Token);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(ct))
            {
                foreach (var record in batch) yield return record;
            }
        }
        finally
        {
            // Whoever stops in the middle must not leave the source being read.
            await over.CancelAsync();
            await reading;
        }
    }

    /// <summary>Reads to the end. What went wrong is told to the reader, by way of the channel.</summary>
    private static async Task ReadAsync<T>(
        IAsyncEnumerable<T> records, ChannelWriter<List<T>> batches, CancellationToken ct)
    {
        // On a thread of its own from here.
        await Task.Yield();
        try
        {
            var batch = new List<T>(BatchSize);
            await foreach (var record in records.WithCancellation(ct))
            {
                batch.Add(record);
                if (batch.Count < BatchSize) continue;

                await batches.WriteAsync(batch, ct);
                batch = new(BatchSize);
            }

            await batches.WriteAsync(batch, ct);
            batches.Complete();
        }
        catch (Exception failure)
        {
            batches.Complete(failure);
        }
    }
}
