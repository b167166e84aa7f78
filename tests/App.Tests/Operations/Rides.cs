using K12Hub.EventStore;

namespace K12Hub.App.Tests;

/// <summary>A module that only tests have: buses leave, and who is on one counts.</summary>
internal static class Rides
{
    /// <summary>How the name of a rider begins whom no projection can take.</summary>
    public const string OfNoBus = "Qzx";

    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<BusLeft>("bus.left");
        store.Events.MapEventType<RiderJoined>("bus.rider_joined");
        store.Aggregates.Add<Ride>("ride", id => new(id), (ride, _) => ride);
        store.Tables.Add<CountRow>("rides.counts", 1, t => t.Key(row => row.Stop));
        store.Projections.Add<Counts>(ProjectionLifecycle.Async);
    }

    internal sealed record BusLeft(string Stop);

    internal sealed record RiderJoined(
        Guid Rider, [property: PersonalData(Subject = nameof(RiderJoined.Rider))] string Name);

    internal sealed record Ride(Guid Id);

    internal sealed record CountRow(string Stop, int Times);

    /// <summary>Cannot count a bus that leaves from nowhere.</summary>
    internal sealed class Counts : MultiStreamProjection<CountRow, string>
    {
        public Counts()
        {
            Identity<BusLeft>(left => left.Stop);
            Identities<RiderJoined>(joined => joined.Name.StartsWith(OfNoBus, StringComparison.Ordinal)
                ? ["Nowhere"]
                : []);
        }

        public override CountRow? Evolve(CountRow? row, string key, RecordedEvent happened) => key == "Nowhere"
            ? throw new InvalidOperationException($"No bus leaves from {key}: {happened.Data}.")
            : new(key, (row?.Times ?? 0) + 1);
    }
}
