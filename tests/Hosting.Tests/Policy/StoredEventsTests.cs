using K12Hub.EventStore;
using K12Hub.Testing;

namespace K12Hub.Hosting.Tests.Policy;

/// <summary>Stored events are a promise for ever: a changed file under approved asks where the upcaster is.</summary>
public sealed class StoredEventsTests
{
    private static readonly Guid Okafor = new("00000000-0000-0000-0000-00000000000f");
    private static readonly DateTimeOffset Monday = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_event_is_written_as_approved_and_every_approved_one_is_read()
    {
        var options = new StoreOptions();
        Grant.AddTo(options);
        BreakGlass.AddTo(options);

        Assert.Empty(StoredEvents.Complaints(options.Events, [
            new GrantEvent.Given(Okafor, "schoolAdministrator", [Okafor], [], Monday, null, "Leads the school."),
            new GrantEvent.Ended("Left.", Monday),
            new BreakGlassEvent.Requested("Note", Okafor, Okafor, "reyes", "Fire.", 4, Monday),
            new BreakGlassEvent.Approved("okafor", Monday, Monday),
            new BreakGlassEvent.Seen("silva", Monday),
        ]));
    }
}
