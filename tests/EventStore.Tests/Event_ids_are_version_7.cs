namespace K12Hub.EventStore.Tests;

public sealed class Event_ids_are_version_7
{
    [Fact]
    public void They_carry_their_moment_and_none_comes_twice()
    {
        var now = new DateTimeOffset(2026, 11, 21, 8, 30, 0, 125, TimeSpan.Zero);
        var ids = new EventIds(now);
        var drawn = Enumerable.Range(0, 5_000).Select(_ => new Guid(ids.Next(), bigEndian: true)).ToList();

        Assert.Equal(drawn.Count, drawn.Distinct().Count());
        Assert.All(drawn, id => Assert.Equal((7, 0x8), (id.Version, id.Variant & 0xC)));
        var moment = Guid.CreateVersion7(now).ToByteArray(bigEndian: true)[..6];
        Assert.All(drawn, id => Assert.Equal(moment, id.ToByteArray(bigEndian: true)[..6]));
    }
}
