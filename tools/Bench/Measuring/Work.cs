using System.Diagnostics;

namespace K12Hub.Bench.Measuring;

/// <summary>What one round of some work costs: processor time in microseconds, kernel and garbage collector included,
/// and bytes allocated.</summary>
internal sealed record WorkFigures(double Microseconds, double Bytes);

/// <summary>Measures work inside this process. Processor time is what it counts, not the clock: others share the
/// machine.</summary>
internal static class Work
{
    private const int Batches = 15;
    private static readonly TimeSpan BatchLength = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs pieces of work in turn, batch by batch, so that whatever the machine does hits all of
    /// them.</summary>
    /// <returns>The median of the batches of each.</returns>
    public static WorkFigures[] Measure(params Action[] works)
    {
        // Twice: the first time brings the code to its last tier, the second counts how often a batch repeats it.
        foreach (var work in works) Repeat(work, BatchLength * 10);
        Thread.Sleep(500); // The compiler of the last tier works in the background; what it made is used after this.
        var rounds = works.Select(work => Repeat(work, BatchLength)).ToArray();

        var batches = works.Select(_ => new List<WorkFigures>()).ToArray();
        for (var batch = 0; batch < Batches; batch++)
        {
            for (var i = 0; i < works.Length; i++) batches[i].Add(Measured(works[i], rounds[i]));
        }

        return [.. batches.Select(Median)];
    }

    private static int Repeat(Action work, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var rounds = 0;
        for (; rounds == 0 || Stopwatch.GetElapsedTime(started) < duration; rounds++) work();
        return rounds;
    }

    private static WorkFigures Measured(Action work, int rounds)
    {
        var (bytes, time) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < rounds; i++) work();
        return new(
            (Environment.CpuUsage.TotalTime - time).TotalMicroseconds / rounds,
            (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / rounds);
    }

    private static WorkFigures Median(List<WorkFigures> batches) => new(
        batches.Select(batch => batch.Microseconds).Order().ElementAt(Batches / 2),
        batches.Select(batch => batch.Bytes).Order().ElementAt(Batches / 2));
}
