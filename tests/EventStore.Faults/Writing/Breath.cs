namespace K12Hub.EventStore.Faults;

/// <summary>Every second nobody begins to write for a while, and then all begin at once: the moment in which a reader
/// who saw no writer is wrong about those who have come since. Among many writers it would hardly ever come.</summary>
internal static class Breath
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Waits until writing goes on. All processes of a run have one clock.</summary>
    public static Task TakeAsync()
    {
        var into = TimeSpan.FromTicks(TimeProvider.System.GetUtcNow().Ticks % TimeSpan.TicksPerSecond);
        return into < Pause ? Task.Delay(Pause - into) : Task.CompletedTask;
    }
}
