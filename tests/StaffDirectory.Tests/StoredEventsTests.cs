using K12Hub.EventStore;
using K12Hub.Testing;

namespace K12Hub.StaffDirectory.Tests;

public sealed class StoredEventsTests
{
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
            ]));
    }
}
