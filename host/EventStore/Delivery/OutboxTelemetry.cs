using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace K12Hub.EventStore;

/// <summary>Traces and metrics of one dispatcher. Kinds are labels; districts, messages and people are not.</summary>
internal sealed class OutboxTelemetry : IDisposable
{
    private static readonly ActivitySource Source = new("K12Hub.EventStore.Outbox");

    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _dead;
    private readonly Histogram<double> _duration;
    private volatile IReadOnlyList<OutboxStanding> _standing = [];

    /// <summary>Metrics nobody has measured yet.</summary>
    /// <param name="scope">Whose they are; tells several stores of one process apart.</param>
    /// <param name="time">The clock.</param>
    public OutboxTelemetry(object scope, TimeProvider time)
    {
        _time = time;
        _meter = new(new MeterOptions("K12Hub.EventStore.Outbox") { Scope = scope });
        _attempts = _meter.CreateCounter<long>(
            "k12hub.outbox.attempts", "{attempt}", "Attempts to send a message, by outcome.");
        _dead = _meter.CreateCounter<long>("k12hub.outbox.dead_letters", "{message}", "Messages given up.");
        _duration = _meter.CreateHistogram<double>("k12hub.outbox.attempt.duration", "s", "Time an attempt took.");
        _meter.CreateObservableGauge(
            "k12hub.outbox.depth", Depth, "{message}", "Messages not sent yet, by kind and state.");
        _meter.CreateObservableGauge("k12hub.outbox.age", Age, "s", "How long the oldest message has been due.");
    }

    /// <summary>What the gauges show.</summary>
    public IReadOnlyList<OutboxStanding> Standing => _standing;

    /// <summary>The span of an attempt; null while nobody listens.</summary>
    public static Activity? Start(OutboxDelivery delivery) =>
        Source.StartActivity($"outbox {delivery.Kind}", ActivityKind.Producer);

    public void Ended(string kind, OutboxEnd end, TimeSpan took)
    {
        var labels = new TagList { { "kind", kind }, { "outcome", end.ToString().ToLowerInvariant() } };
        _attempts.Add(1, labels);
        _duration.Record(took.TotalSeconds, labels);
        if (end is OutboxEnd.Dead)
        {
            _dead.Add(1, new KeyValuePair<string, object?>("kind", kind));
        }
    }

    /// <summary>What the gauges show from now on.</summary>
    public void Saw(IReadOnlyList<OutboxStanding> standing) => _standing = standing;

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Depth() => _standing.SelectMany(kind => new[]
    {
        Count(kind.Kind, "due", kind.Due), Count(kind.Kind, "leased", kind.Leased),
        Count(kind.Kind, "waiting", kind.Waiting), Count(kind.Kind, "dead", kind.Dead),
    });

    private double Age() => _standing.Min(kind => kind.OldestDue) is { } since
        ? Math.Max(0, (_time.GetUtcNow() - since).TotalSeconds)
        : 0;

    private static Measurement<long> Count(string kind, string state, long count) => new(
        count, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("state", state));
}
