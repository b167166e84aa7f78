using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace K12Hub.EventStore.Tests.Delivery;

public sealed class The_outbox_is_measured
{
    [Fact]
    public async Task Age_depth_attempts_and_dead_letters_by_kind()
    {
        await using var box = await Postbox.CreateAsync();
        await box.PublishAsync("dies", box.Time.GetUtcNow() - TimeSpan.FromMinutes(7));
        await box.PublishAsync("later", box.Time.GetUtcNow() + TimeSpan.FromDays(1));
        var seen = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == box.Store) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Enqueue(Line(
            instrument, value, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Enqueue(Line(
            instrument, value, tags)));
        listener.Start();
        var began = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        _ = box.Start(new RecordingSender(async (_, _) =>
        {
            began.TrySetResult();
            await end.Task;
            return OutboxResult.Never("smtp.550");
        }));
        await began.Task;

        await box.Time.AdvanceUntilAsync(TimeSpan.FromSeconds(15), () => Task.FromResult(Shows(
            listener, seen, "k12hub.outbox.depth 1 mail.send leased")), TestStore.Ct);
        Assert.Contains("k12hub.outbox.depth 1 mail.send waiting", seen);
        Assert.Contains(seen, line => line.Split(' ') is ["k12hub.outbox.age", var age]
            && double.Parse(age, CultureInfo.InvariantCulture) >= 420);
        end.SetResult();
        // The attempt is counted after its mark: who looks at the right moment sees the dead letter first.
        string[] afterwards =
        [
            "k12hub.outbox.depth 1 mail.send dead", "k12hub.outbox.attempts 1 mail.send dead",
            "k12hub.outbox.dead_letters 1 mail.send", "k12hub.outbox.age 0",
        ];
        await box.Time.AdvanceUntilAsync(TimeSpan.FromSeconds(15), () => Task.FromResult(
            afterwards.All(line => Shows(listener, seen, line))), TestStore.Ct);
        Assert.Single(seen, "k12hub.outbox.attempts 1 mail.send dead");
    }

    private static bool Shows(MeterListener listener, ConcurrentQueue<string> seen, string line)
    {
        listener.RecordObservableInstruments();
        return seen.Contains(line);
    }

    private static string Line<T>(
        Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}").TrimEnd();
}
