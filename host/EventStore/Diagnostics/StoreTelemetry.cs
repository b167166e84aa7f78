using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace K12Hub.EventStore;

/// <summary>Traces and metrics of the store. Nothing of what is stored is in them, and they cost nothing while nobody
/// listens.</summary>
internal static class StoreTelemetry
{
    private const string Name = "K12Hub.EventStore";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly ConcurrentDictionary<
        ProjectionDaemon, Dictionary<(string Projection, short District), long>> Lags = new();

    private static readonly Histogram<double> AppendDuration = Meter.CreateHistogram<double>(
        "k12hub.eventstore.append.duration", "s", "Time to store a unit of work.");

    private static readonly Histogram<double> PageDuration = Meter.CreateHistogram<double>(
        "k12hub.eventstore.projection.page.duration", "s", "Time to project a page of events.");

    private static readonly Counter<long> PagesHalved = Meter.CreateCounter<long>(
        "k12hub.eventstore.projection.page.halved", "{page}", "Pages tried again in halves.");

    static StoreTelemetry() => Meter.CreateObservableGauge(
        "k12hub.eventstore.projection.lag",
        () => Lags.Values.SelectMany(lags => lags).Select(lag => new Measurement<long>(
            lag.Value, new("projection", lag.Key.Projection), new("district", (int)lag.Key.District))),
        "{position}",
        "Positions of the log that the projection has not come to yet.");

    public static Activity? StartAppend() => Source.StartActivity("eventstore append");

    public static void Appended(long started, string? error) => AppendDuration.Record(
        Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("error.type", error));

    public static void Projected(string projection, long started) => PageDuration.Record(
        Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("projection", projection));

    /// <summary>What a daemon saw at its last look; projections that are not named have come to the end.</summary>
    public static void Saw(ProjectionDaemon daemon, Dictionary<(string Projection, short District), long> lags)
    {
        if (Lags.TryGetValue(daemon, out var before))
        {
            foreach (var known in before.Keys)
            {
                lags.TryAdd(known, 0);
            }
        }

        Lags[daemon] = lags;
    }

    /// <summary>A daemon has stopped: it sees nothing any more.</summary>
    public static void Forget(ProjectionDaemon daemon) => Lags.TryRemove(daemon, out _);

    public static void Halved(string projection, Exception cause) => PagesHalved.Add(
        1,
        new KeyValuePair<string, object?>("projection", projection),
        new KeyValuePair<string, object?>("error.type", cause.GetType().Name));
}
