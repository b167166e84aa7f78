using System.Net;
using K12Hub.Hosting;
using K12Hub.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace K12Hub.Accounts.Tests;

/// <summary>Tokens of programs: hashed, limited, ending, shown once.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private static readonly string[] Wanted = ["outbox.read", "jobs.read"];

    private AccountsHub hub = null!;

    private TokenDesk Desk => hub.Services.GetRequiredService<TokenDesk>();

    private DateTimeOffset InAMonth => hub.Time.GetUtcNow().AddDays(30);

    public async ValueTask InitializeAsync() => hub = await AccountsHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_token_opens_what_it_was_given_for_until_it_ends_and_is_stored_nowhere()
    {
        var (id, secret, refusal) = await Desk.CreateAsync("SIS", Wanted, InAMonth, "cli:test", AccountsHub.Ct);
        Assert.Null(refusal);
        Assert.Matches("^k12_[A-Za-z0-9_-]{43}$", secret);

        var viewer = await Desk.FindAsync(secret, AccountsHub.Ct);
        Assert.Equal(id.ToString(), viewer?.Id);
        Assert.Equal((true, false), (viewer!.May("jobs.read"), viewer.May("outbox.handle")));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(secret));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(secret[..^1] + "x"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(""));
        var dump = await PgDump.TextAsync(hub.Database.ConnectionString, AccountsHub.Ct);
        Assert.DoesNotContain(secret, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, hub.Log.All, StringComparison.Ordinal);
        hub.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(secret));
    }

    [Fact]
    public async Task A_token_in_the_address_is_none()
    {
        var (_, secret, _) = await Desk.CreateAsync("SIS", Wanted, InAMonth, "cli:test", AccountsHub.Ct);
        using var browser = new Browser(hub.Address);

        await browser.PostJsonAsync($"/graphql?access_token={secret}&token={secret}", "{}");

        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
    }

    [Fact]
    public async Task A_revoked_token_opens_nothing_and_on_other_nodes_five_seconds_later()
    {
        // It hears of nothing, as one whose connection is down.
        await using var other = await AccountsHub.StartAsync(hub, services => services.RemoveAll<LiveEvents>());
        var (_, secret, _) = await Desk.CreateAsync("SIS", Wanted, InAMonth, "cli:test", AccountsHub.Ct);
        var elsewhere = other.Services.GetRequiredService<TokenDesk>();
        Assert.NotNull(await elsewhere.FindAsync(secret, AccountsHub.Ct));

        Assert.NotNull(await Desk.FindAsync(secret, AccountsHub.Ct));

        Assert.True(await Desk.RevokeAsync("SIS", "cli:test", AccountsHub.Ct));

        Assert.Null(await Desk.FindAsync(secret, AccountsHub.Ct));
        Assert.NotNull(await elsewhere.FindAsync(secret, AccountsHub.Ct));
        other.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await elsewhere.FindAsync(secret, AccountsHub.Ct));
        Assert.False(await Desk.RevokeAsync("SIS", "cli:test", AccountsHub.Ct));
        Assert.Null((await Desk.CreateAsync("SIS", Wanted, InAMonth, "cli:test", AccountsHub.Ct)).Refusal);
    }

    [Fact]
    public async Task Other_nodes_refuse_a_revoked_token_as_soon_as_they_hear_of_it()
    {
        await using var other = await AccountsHub.StartAsync(hub);
        var (_, secret, _) = await Desk.CreateAsync("SIS", Wanted, InAMonth, "cli:test", AccountsHub.Ct);
        var elsewhere = other.Services.GetRequiredService<TokenDesk>();
        Assert.NotNull(await elsewhere.FindAsync(secret, AccountsHub.Ct));
        var live = other.Services.GetRequiredService<LiveEvents>();
        await hub.Time.AdvanceUntilAsync(
            TimeSpan.FromMilliseconds(1), () => Task.FromResult(live.Subscribers == 1), AccountsHub.Ct);
        hub.Time.Advance(KnownTokens.KeptFor); // Looked up anew, so that it is kept from now on.
        Assert.NotNull(await elsewhere.FindAsync(secret, AccountsHub.Ct));
        var kept = hub.Time.GetUtcNow();

        Assert.True(await Desk.RevokeAsync("SIS", "cli:test", AccountsHub.Ct));
        await hub.Time.AdvanceUntilAsync(
            TimeSpan.FromMilliseconds(1), async () => await elsewhere.FindAsync(secret, AccountsHub.Ct) is null,
            AccountsHub.Ct);

        Assert.InRange(hub.Time.GetUtcNow() - kept, TimeSpan.Zero, KnownTokens.KeptFor - TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Nobody_gives_a_token_more_than_they_have_or_longer_than_a_year()
    {
        var giver = Viewer.OfClient("okafor", 1, ["outbox.read"]);
        var now = hub.Time.GetUtcNow();

        Assert.Equal(TokenRefusals.Permissions, await RefusedAsync("A", Wanted, now.AddDays(1), giver));
        Assert.Equal(TokenRefusals.Permissions, await RefusedAsync("A", [], now.AddDays(1), giver));
        Assert.Equal(TokenRefusals.Permissions, await RefusedAsync("A", ["no.such"], now.AddDays(1), giver));
        Assert.Equal(TokenRefusals.Expiry, await RefusedAsync("A", ["outbox.read"], now.AddDays(367), giver));
        Assert.Equal(TokenRefusals.Expiry, await RefusedAsync("A", ["outbox.read"], now, giver));
        Assert.Equal(TokenRefusals.Name, await RefusedAsync(" ", ["outbox.read"], now.AddDays(1), giver));
        Assert.Null(await RefusedAsync("A", ["outbox.read"], now.AddDays(1), giver));
        Assert.Equal(TokenRefusals.NameTaken, await RefusedAsync("A", ["outbox.read"], now.AddDays(1), giver));
    }

    [Fact]
    public async Task A_token_with_a_role_for_a_school_reaches_that_school_and_nothing_else()
    {
        var school = new Guid("00000000-0000-4000-8000-000000000001");
        var role = new TokenRole("schoolAdministrator", [school]);
        var giver = Everything();

        var (_, secret, refusal) = await Desk.CreateAsync("SIS", [], InAMonth, giver, AccountsHub.Ct, role);
        var viewer = await Desk.FindAsync(secret, AccountsHub.Ct);

        Assert.Null(refusal);
        Assert.Equal([school], viewer!.ReachOf("breakGlass.request").Schools);
        Assert.All(viewer.Reaches.Values, reach => Assert.False(reach.IsDistrict));
        hub.Time.Advance(TimeSpan.FromDays(30));
        Assert.Null(await Desk.FindAsync(secret, AccountsHub.Ct));
    }

    [Fact]
    public async Task Whoever_gives_tokens_out_is_one_person_with_them_who_cannot_agree_with_herself()
    {
        var (ana, ben) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var first = await GivenByAsync("first", $"{ana}");
        var second = await GivenByAsync("second", $"{first}");
        var console = await GivenByAsync("console", "cli:test");
        var person = hub.Services.GetRequiredService<SecondPerson>();

        foreach (var (asked, agrees) in new[]
            { (ana, ana), (ana, first), (first, second), (second, ana), (console, console) })
        {
            Assert.False(await person.IsAsync(new(1), $"{asked}", $"{agrees}", AccountsHub.Ct));
        }

        Assert.True(await person.IsAsync(new(1), $"{ben}", $"{second}", AccountsHub.Ct));
        Assert.True(await person.IsAsync(new(1), $"{console}", $"{first}", AccountsHub.Ct));
        Assert.False(await person.IsAsync(new(1), $"{ana}", null, AccountsHub.Ct));
    }

    [Theory]
    [InlineData("king", "00000000-0000-4000-8000-000000000001", "grant.role")]
    [InlineData("auditor", "00000000-0000-4000-8000-000000000001", "grant.scope")]
    [InlineData("schoolAdministrator", "10000000-0000-4000-8000-000000000001", "school.not_found")]
    public async Task A_role_that_cannot_be_given_makes_no_token(string role, string school, string code)
    {
        var (_, _, refusal) = await Desk.CreateAsync(
            "SIS", [], InAMonth, Everything(), AccountsHub.Ct, new TokenRole(role, [new Guid(school)]));

        Assert.Equal(code, refusal?.Code);
        Assert.Empty(await Desk.ListAsync("SIS", AccountsHub.Ct));
    }

    [Fact]
    public async Task Nobody_gives_a_token_a_role_that_goes_farther_than_what_they_have()
    {
        var giver = Viewer.OfClient("okafor", 1, ["policy.grant", "tokens.give"]);

        var (_, _, refusal) = await Desk.CreateAsync(
            "SIS", [], InAMonth, giver, AccountsHub.Ct, new TokenRole("auditor", []));

        Assert.Equal(Refusal.NotAllowed.Code, refusal?.Code);
    }

    [Fact]
    public async Task When_it_was_last_used_is_written_once_a_minute()
    {
        var (_, secret, _) = await Desk.CreateAsync("SIS", Wanted, InAMonth, "cli:test", AccountsHub.Ct);
        Assert.Null((await Desk.ListAsync("SIS", AccountsHub.Ct)).Single().UsedAt);
        await Desk.FindAsync(secret, AccountsHub.Ct);
        var first = await hub.OneAsync("select xmin from accounts.token_uses_v1");

        hub.Time.Advance(TimeSpan.FromSeconds(59));
        await Desk.FindAsync(secret, AccountsHub.Ct);
        Assert.Equal(first, await hub.OneAsync("select xmin from accounts.token_uses_v1"));
        hub.Time.Advance(TimeSpan.FromSeconds(1));
        await Desk.FindAsync(secret, AccountsHub.Ct);

        Assert.NotEqual(first, await hub.OneAsync("select xmin from accounts.token_uses_v1"));
        Assert.Equal(
            AccountsHub.Monday.AddMinutes(1), (await Desk.ListAsync("SIS", AccountsHub.Ct)).Single().UsedAt);
    }

    private Viewer Everything() => Viewer.OfClient(
        "okafor", 1, hub.Services.GetRequiredService<PermissionCatalog>().All.Keys);

    private async Task<Refusal?> RefusedAsync(
        string name, IReadOnlyList<string> wanted, DateTimeOffset until, Viewer giver) =>
        (await Desk.CreateAsync(name, wanted, until, giver, AccountsHub.Ct)).Refusal;

    private async Task<HttpStatusCode> AskAsync(string secret)
    {
        using var browser = new Browser(hub.Address);
        await browser.PostJsonAsync("/graphql", "{}", ("Authorization", $"Bearer {secret}"));
        return browser.Status;
    }

    private async Task<Guid> GivenByAsync(string name, string giver) =>
        (await Desk.CreateAsync(name, Wanted, InAMonth, giver, AccountsHub.Ct)).Id;
}
