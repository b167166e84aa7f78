using System.Diagnostics;

namespace K12Hub.EventStore.Faults;

/// <summary>A run goes in turns: as long as one transaction in bulk takes, nothing throws it out; then the server
/// crashes again and again.</summary>
internal sealed class Phases(TimeSpan duration)
{
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(1);
    private readonly TimeSpan turn = duration < LongestTurn ? duration : LongestTurn;
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>How long the long transaction takes: 30 seconds. While it is open hardly any other mistake of a store
    /// shows, so it is only a quarter of a run that is shorter than a minute.</summary>
    public TimeSpan Long => turn < LongestTurn ? turn / 4 : turn / 2;

    /// <summary>How much of the calm is left; zero while the server may crash.</summary>
    public TimeSpan Calm
    {
        get
        {
            var into = TimeSpan.FromTicks(watch.Elapsed.Ticks % turn.Ticks);
            return into < Long ? Long - into : TimeSpan.Zero;
        }
    }
}
