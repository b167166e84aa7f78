namespace K12Hub.Roster.Tests.History;

/// <summary>Three nights of a district, for tests that only look at what they have left.</summary>
public sealed class ThreeNights : IAsyncLifetime
{
    internal RosterHub Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var nights = await Nights.BeginAsync();
        Hub = RosterHub.Of(nights.District);
        await nights.SendAsync("2026-10-01", "amy lincoln 03", "cho oak 03");
        await nights.SendAsync("2026-10-05", "amy lincoln 03 2026-09-30", "cho oak 03");
        await nights.SendAsync("2026-11-02", "amy oak 03 2026-11-02");
        await nights.District.ProjectAsync();
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
