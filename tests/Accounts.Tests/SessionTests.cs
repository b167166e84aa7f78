using System.Net;

namespace K12Hub.Accounts.Tests;

/// <summary>Being signed in: known to the server, for a time, and ended everywhere at once.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private AccountsHub hub = null!;
    private Guid reyes;
    private string key = "";

    public async ValueTask InitializeAsync()
    {
        hub = await AccountsHub.StartAsync();
        (reyes, key) = await hub.AddAsync("reyes");
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Every_step_has_a_session_of_its_own_and_the_one_before_is_dead()
    {
        using var browser = new Browser(hub.Address);
        browser.Session = "planted-by-somebody-else-in-this-browser-0";
        var planted = browser.Session;
        await browser.PasswordAsync("reyes", AccountsHub.GoodPassword);
        var half = browser.Session;
        await browser.GetAsync(SignInPages.FactorPath);
        await browser.PostAsync(SignInPages.FactorPath, ("code", hub.CodeOf(key)));

        Assert.Equal(3, new[] { planted, half, browser.Session }.Distinct().Count());
        foreach (var dead in (string?[])[planted, half])
        {
            using var thief = new Browser(hub.Address) { Session = dead };
            Assert.False(await thief.MayAskAsync());
            Assert.Equal(SignInPages.Path, (await thief.GetAsync(SessionPages.Path)).Location);
        }
    }

    [Fact]
    public async Task Signing_out_ends_it_on_the_server()
    {
        using var browser = await SignedInAsync();
        using var thief = new Browser(hub.Address) { Session = browser.Session };
        Assert.True(await thief.MayAskAsync());

        await browser.GetAsync(SessionPages.Path);
        await browser.PostAsync("/sign-out");

        Assert.Null(browser.Session);
        Assert.Contains("Clear-Site-Data", browser.Answer!.Headers.Select(header => header.Key));
        Assert.False(await thief.MayAskAsync());
    }

    [Fact]
    public async Task A_disabled_account_is_signed_out_on_every_node_at_once_and_does_not_come_back()
    {
        await using var other = await AccountsHub.StartAsync(hub);
        using var browser = await SignedInAsync();
        using var elsewhere = new Browser(other.Address) { Session = browser.Session };
        Assert.True(await elsewhere.MayAskAsync());

        await hub.DoAsync<AccountDesk, bool>(desk => desk.DisableAsync(reyes, "cli:test", AccountsHub.Ct));

        Assert.False(await elsewhere.MayAskAsync());
        using var again = new Browser(other.Address);
        await again.PasswordAsync("reyes", AccountsHub.GoodPassword);
        Assert.Equal(HttpStatusCode.Unauthorized, again.Status);
    }

    [Fact]
    public async Task Nobody_is_signed_in_after_half_an_hour_without_a_request()
    {
        using var browser = await SignedInAsync();

        hub.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.True(await browser.MayAskAsync());
        hub.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.True(await browser.MayAskAsync());
        hub.Time.Advance(TimeSpan.FromMinutes(31));

        Assert.False(await browser.MayAskAsync());
        Assert.Equal(SignInPages.Path, (await browser.GetAsync(SessionPages.Path)).Location);
    }

    [Fact]
    public async Task Twelve_hours_are_the_end_however_busy_one_is()
    {
        using var browser = await SignedInAsync();

        for (var i = 0; i < 36; i++)
        {
            Assert.True(await browser.MayAskAsync(), $"After {i} times 20 minutes.");
            hub.Time.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.False(await browser.MayAskAsync());
    }

    [Fact]
    public async Task One_sees_where_one_is_signed_in_and_ends_it_there()
    {
        using var here = await SignedInAsync();
        hub.Time.Advance(TimeSpan.FromMinutes(1));
        using var there = await SignedInAsync();
        hub.Time.Advance(TimeSpan.FromMinutes(1));
        using var third = await SignedInAsync();

        await here.GetAsync(SessionPages.Path);
        var others = System.Text.RegularExpressions.Regex.Matches(here.Page, "name=\"session\" value=\"([^\"]+)\"");
        Assert.Equal(2, others.Count);
        await here.PostAsync("/account/end", ("session", others[1].Groups[1].Value));

        Assert.Equal(
            (true, false, true),
            (await here.MayAskAsync(), await there.MayAskAsync(), await third.MayAskAsync()));
        await here.GetAsync(SessionPages.Path);
        await here.PostAsync("/account/end-others");
        Assert.Equal((true, false), (await here.MayAskAsync(), await third.MayAskAsync()));
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        var (_, samsKey) = await hub.AddAsync("sam");
        using var browser = await SignedInAsync();
        using var sam = new Browser(hub.Address);
        await sam.SignInAsync(hub, "sam", samsKey);
        var id = await hub.OneAsync($"select id from accounts.sessions_v1 where account_id = '{reyes}'");

        await sam.GetAsync(SessionPages.Path);
        await sam.PostAsync("/account/end", ("session", id));

        Assert.True(await browser.MayAskAsync());
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    [InlineData(null)]
    public async Task The_api_takes_the_cookie_from_our_own_pages_only(string? site)
    {
        using var browser = await SignedInAsync();

        await browser.PostJsonAsync("/graphql", "{}", site is null ? [] : [("Sec-Fetch-Site", site)]);

        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
    }

    [Fact]
    public async Task The_api_takes_the_cookie_with_json_only()
    {
        using var browser = await SignedInAsync();

        await browser.PostAsync("/graphql", [("Sec-Fetch-Site", "same-origin")], [("query", "{ __typename }")]);

        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
    }

    private async Task<Browser> SignedInAsync()
    {
        hub.Time.Advance(TimeSpan.FromSeconds(31)); // A code counts once.
        return await new Browser(hub.Address).SignInAsync(hub, "reyes", key);
    }
}
