using K12Hub.EventStore;
using K12Hub.Testing;

namespace K12Hub.StaffDirectory.Tests;

public sealed class StoredEventsTests
{
    private static readonly Guid Reyes = new("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Lincoln = new("00000000-0000-4000-8000-000000000002");

    [Fact]
    public void Every_event_is_written_as_before_and_every_old_one_is_read()
    {
        var options = new StoreOptions();
        StaffDirectoryModule.AddTo(options);

        Assert.Empty(StoredEvents.Complaints(
            options.Events,
            [
                new AreaEvent.Described("bus-passes", "en", "Bus passes", "New and lost ones.", ["lost bus pass"]),
                new AreaEvent.Retired(),
                new PositionEvent.Described("bus-dispatcher", "en", "Bus dispatcher"),
                new PositionEvent.Retired(),
                new AssignmentEvent.Assigned(
                    Reyes, Position.IdOf("bus-dispatcher"), Lincoln, new(2026, 8, 1), null, 0.5m, IsPrimary: true),
                new AssignmentEvent.Ended(Reyes, new(2027, 6, 12)),
                new AbsenceEvent.Planned(Reyes, new(2026, 10, 5), new(2026, 10, 9), Lincoln),
                new AbsenceEvent.Moved(Reyes, new(2026, 10, 16)),
                new AbsenceEvent.Cancelled(),
                new ContactChainEvent.Set(
                    Area.IdOf("bus-passes"), Lincoln, "family", 2,
                    [
                        new(Position.IdOf("principal"), "school", "7:30 to 16:00", 2),
                        new(Position.IdOf("bus-dispatcher"), "district", null, null),
                    ]),
                new ContactChainEvent.Retired(),
            ]));
    }
}
