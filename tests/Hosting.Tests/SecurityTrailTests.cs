using System.Globalization;
using K12Hub.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace K12Hub.Hosting.Tests;

/// <summary>What is refused is written down, and a flood of it does not drown everything else.</summary>
public sealed class SecurityTrailTests : IAsyncLifetime
{
    private readonly ManualTime time = new(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private ClubHub hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SecurityTrail Trail => hub.Services.GetRequiredService<SecurityTrail>();

    public async ValueTask InitializeAsync()
    {
        hub = await ClubHub.StartAsync(time: time);
        await hub.Store.ApplySchemaAsync(Ct);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Of_many_refusals_of_an_address_one_a_minute_is_written_that_says_how_many_there_were()
    {
        for (var i = 0; i < 1_000; i++) await RefuseAsync("192.0.2.1", i % 2 == 0 ? "password" : "code");
        await RefuseAsync("192.0.2.2", "password");
        Assert.Equal("""{"what":["password"],"address":"192.0.2.1"}""", await DetailAsync("192.0.2.1"));
        Assert.Equal("1", await CountAsync("192.0.2.2"));

        await UntilAsync("192.0.2.1", 2);
        Assert.Equal(
            """{"what":["code","password"],"address":"192.0.2.1","times":999}""", await DetailAsync("192.0.2.1"));
        Assert.Equal("1", await CountAsync("192.0.2.2"));

        await RefuseAsync("192.0.2.1", "password");
        await RefuseAsync("192.0.2.2", "password");
        Assert.Equal("2", await CountAsync("192.0.2.1"));
        Assert.Equal("2", await CountAsync("192.0.2.2"));
        await UntilAsync("192.0.2.1", 3);
    }

    [Fact]
    public async Task From_a_whole_network_of_addresses_come_no_more_records_than_are_counted_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 12_000).Select(i => RefuseAsync(
            string.Create(CultureInfo.InvariantCulture, $"2001:db8::{i:x}"), "password")));

        Assert.Equal("10001", await hub.TextAsync("select count(*) from es.audit_records"));
    }

    [Fact]
    public async Task What_was_counted_is_written_when_the_program_stops()
    {
        var stopping = new SecurityTrail(hub.Store.Audit, time, NullLogger<SecurityTrail>.Instance);
        for (var i = 0; i < 3; i++) await RefuseAsync("192.0.2.3", "password", stopping);
        Assert.Equal("1", await CountAsync("192.0.2.3"));

        await stopping.DisposeAsync();

        Assert.Equal("""{"what":["password"],"address":"192.0.2.3","times":2}""", await DetailAsync("192.0.2.3"));
    }

    [Fact]
    public async Task A_command_that_is_refused_is_written_down_with_who_asked()
    {
        var viewer = Viewer.Of("sam", ClubHub.District, [new(Clubs.ClubsModule.Read, Reach.District)]);
        await hub.AskAsync("""mutation { openClub(input: {name: "Chess", seats: 8}) { club { id } } }""", viewer);

        using var scope = hub.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer = viewer;
        var door = scope.ServiceProvider.GetRequiredService<CommandDoor>();
        var result = await door.RunAsync(
            Clubs.OpenClubSchema.Command, new("Chess", 8, null), cancellationToken: Ct);

        Assert.Equal(Refusal.NotAllowed, result.Refusal);
        Assert.Equal(
            """auth.denied sam {"what":["Mutation.openClub"]}""",
            await hub.TextAsync(
                "select action || ' ' || actor || ' ' || detail from es.audit_records where number = 1"));
        await UntilAsync("openClub", 2);
        Assert.Equal("""{"what":["openClub"]}""", await DetailAsync("openClub"));
    }

    private Task RefuseAsync(string address, string what, SecurityTrail? trail = null) => (trail ?? Trail).RefusedAsync(
        ClubHub.District.Value, new("signin.refused", "signin") { Address = address, What = [what] }, Ct);

    private Task<string> CountAsync(string part) =>
        hub.TextAsync($"select count(*) from es.audit_records where detail like '%{part}\"%'");

    private Task<string> DetailAsync(string part) => hub.TextAsync(
        $"select detail from es.audit_records where detail like '%{part}\"%' order by number desc limit 1");

    private Task UntilAsync(string part, int count) => time.AdvanceUntilAsync(
        TimeSpan.FromSeconds(10),
        async () => await CountAsync(part) == count.ToString(CultureInfo.InvariantCulture), Ct);
}
