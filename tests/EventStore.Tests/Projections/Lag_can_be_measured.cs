using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace K12Hub.EventStore.Tests.Projections;

public sealed class Lag_can_be_measured
{
    [Fact]
    public async Task Of_every_projection_and_how_long_appending_takes()
    {
        await using var test = await TestStore.CreateAsync(options =>
        {
            options.Tables.Add<LaggingRow>("notes.lagging", 1, t => t.Key(row => row.Stream));
            options.Projections.Add<Lagging>(ProjectionLifecycle.Async);
        });
        var seen = new ConcurrentDictionary<string, double>();
        using var listener = Listen(seen);
        await test.WriteAsync(Guid.CreateVersion7(), "late");
        await test.WriteAsync(Guid.CreateVersion7(), "poison");
        await test.WriteAsync(Guid.CreateVersion7(), "late");
        test.Store.Daemon.StartAll();
        await Assert.ThrowsAsync<ProjectionException>(() => test.ProjectedAsync());
        Assert.True(seen["k12hub.eventstore.append.duration"] > 0);
        Assert.True(seen["k12hub.eventstore.projection.page.duration"] > 0);
        await UntilAsync(listener, seen, lag: 2);
        await test.Store.ProjectionControl.SkipAsync("notes.lagging", null, TestStore.Ct);
        await test.ProjectedAsync();
        await UntilAsync(listener, seen, lag: 0);
    }

    /// <summary>The daemon looks twice a second, and says what it sees then.</summary>
    private static async Task UntilAsync(MeterListener listener, ConcurrentDictionary<string, double> seen, double lag)
    {
        for (var looks = 0; looks < 1_000 && seen.GetValueOrDefault("notes.lagging", -1) != lag; looks++)
        {
            await Task.Delay(20, TestStore.Ct);
            listener.RecordObservableInstruments();
        }

        Assert.Equal(lag, seen.GetValueOrDefault("notes.lagging", -1));
    }

    private static MeterListener Listen(ConcurrentDictionary<string, double> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "K12Hub.EventStore")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "projection")
                {
                    seen[(string)tag.Value!] = value;
                }
            }
        });
        listener.Start();
        return listener;
    }

    private sealed record LaggingRow(Guid Stream);

    private sealed class Lagging : EventProjection
    {
        public Lagging()
        {
            Writes<LaggingRow>();
            Project<NoteWritten>((e, envelope, rows) => rows.Store(e.Text == "poison"
                ? throw new InvalidOperationException("Not this one.")
                : new LaggingRow(envelope.StreamId)));
        }

        public override string Name => "notes.lagging";
    }
}
