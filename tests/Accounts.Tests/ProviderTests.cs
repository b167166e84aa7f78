using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Accounts.Tests;

/// <summary>Signing in with a provider: whom it names for sure, and nobody else.</summary>
public sealed class ProviderTests : IAsyncLifetime
{
    private const string Start = "/sign-in/with/district", Back = Start + "/back";

    private FakeProvider provider = null!;
    private AccountsHub hub = null!;
    private Guid reyes;
    private string key = "";

    public async ValueTask InitializeAsync()
    {
        provider = await FakeProvider.StartAsync();
        hub = await StartHubAsync();
        (reyes, key) = await hub.AddAsync("reyes");
        await hub.DoAsync<ProviderSignIn, bool>(
            signIn => signIn.LinkAsync(reyes, new(provider.Issuer, "42", false), AccountsHub.Ct));
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Theory]
    [InlineData(true, SessionPages.Path)]
    [InlineData(false, SignInPages.FactorPath)]
    public async Task Whoever_is_linked_signs_in_and_is_asked_for_the_second_factor_that_the_provider_did_not_ask_for(
        bool asked, string next)
    {
        if (asked) provider.Claims["amr"] = new[] { "pwd", "mfa" };
        using var browser = new Browser(hub.Address);

        await SignInAsync(browser);

        Assert.Equal((HttpStatusCode.Redirect, next), (browser.Status, browser.Location));
        Assert.Equal(asked, await browser.MayAskAsync());
    }

    [Theory]
    [InlineData("alg none")]
    [InlineData("HS256 with the public key")]
    [InlineData("another issuer")]
    [InlineData("an old nonce")]
    [InlineData("no nonce")]
    [InlineData("another audience")]
    [InlineData("another party")]
    [InlineData("two audiences and no party")]
    [InlineData("a key of a path")]
    [InlineData("another key")]
    [InlineData("a changed claim")]
    [InlineData("an end in the past")]
    [InlineData("no end")]
    [InlineData("no subject")]
    public async Task A_token_that_cannot_be_believed_opens_nothing(string what)
    {
        provider.Claims["amr"] = new[] { "mfa" };
        provider.Forge = claims => Forged(what, claims);
        using var browser = new Browser(hub.Address);

        await SignInAsync(browser);

        Assert.Equal((HttpStatusCode.Forbidden, null), (browser.Status, browser.Session));
        provider.Forge = null;
        await SignInAsync(browser);
        Assert.Equal(HttpStatusCode.Redirect, browser.Status); // It was the token, and nothing else.
    }

    [Theory]
    [InlineData("Google", "hd", "lincoln.example")]
    [InlineData("Microsoft", "tid", "7f0c1d52-63c5-4e0d-9b0a-4d7f6f3e2b11")]
    [InlineData("Clever", "district", "5eb0c1d5263c54e0d9b0a4d7")]
    public async Task Whose_somebody_is_must_be_said_and_be_ours(string kind, string claim, string ours)
    {
        await using var strict = await StartHubAsync(
            hub, ("Accounts:Providers:district:Kind", kind), ("Accounts:Providers:district:Belongs:0", ours));
        provider.Claims["amr"] = new[] { "mfa" };
        foreach (var (value, status) in new (object?, HttpStatusCode)[]
        {
            (null, HttpStatusCode.Forbidden), ("elsewhere", HttpStatusCode.Forbidden), ("", HttpStatusCode.Forbidden),
            (ours.ToUpperInvariant() + "x", HttpStatusCode.Forbidden), (ours, HttpStatusCode.Redirect),
        })
        {
            provider.Claims.Remove(claim);
            if (value is not null) provider.Claims[claim] = value;
            using var browser = new Browser(strict.Address);

            await SignInAsync(browser);

            Assert.Equal(status, browser.Status);
        }
    }

    [Fact]
    public async Task A_code_or_state_that_this_browser_did_not_ask_for_opens_nothing()
    {
        provider.Claims["amr"] = new[] { "mfa" };
        using var thief = new Browser(hub.Address);
        using var victim = new Browser(hub.Address);
        await thief.GetAsync(Start);
        var (code, state) = (provider.CodeFor(thief.Location!), StateOf(thief));

        await victim.GetAsync($"{Back}?code={code}");
        Assert.Equal((HttpStatusCode.Redirect, Start, null), (victim.Status, victim.Location, victim.Session));
        await victim.GetAsync($"{Back}?code={code}&state={state}");
        Assert.Equal((HttpStatusCode.BadRequest, null), (victim.Status, victim.Session));
        await victim.GetAsync(Start);
        await victim.GetAsync($"{Back}?code={code}&state={state}");
        Assert.Equal((HttpStatusCode.BadRequest, null), (victim.Status, victim.Session));
        await thief.GetAsync($"{Back}?code={code}&state={state}");
        Assert.Equal(HttpStatusCode.Redirect, thief.Status);
        await thief.GetAsync($"{Back}?code={code}&state={state}");
        Assert.Equal(HttpStatusCode.BadRequest, thief.Status);
    }

    [Fact]
    public async Task A_code_that_was_used_is_refused_also_with_a_state_of_its_own()
    {
        provider.Claims["amr"] = new[] { "mfa" };
        using var browser = new Browser(hub.Address);
        await browser.GetAsync(Start);
        var code = provider.CodeFor(browser.Location!);
        await browser.GetAsync($"{Back}?code={code}&state={StateOf(browser)}");
        using var later = new Browser(hub.Address);
        await later.GetAsync(Start);

        await later.GetAsync($"{Back}?code={code}&state={StateOf(later)}");

        Assert.Equal((HttpStatusCode.Forbidden, null), (later.Status, later.Session));
    }

    [Fact]
    public async Task An_address_that_is_the_same_links_nobody_and_makes_no_account()
    {
        await hub.AddAsync("okafor@lincoln.example");
        provider.Claims["sub"] = "another";
        provider.Claims["email"] = "okafor@lincoln.example";
        provider.Claims["email_verified"] = true;
        using var browser = new Browser(hub.Address);

        await SignInAsync(browser);

        Assert.Equal((HttpStatusCode.Forbidden, null), (browser.Status, browser.Session));
        Assert.Equal("2", await hub.OneAsync("select count(*) from accounts.accounts_v1"));
    }

    [Fact]
    public async Task Linking_needs_who_is_signed_in_and_a_person_opens_one_account()
    {
        var (sam, samsKey) = await hub.AddAsync("sam");
        using var browser = await new Browser(hub.Address).SignInAsync(hub, "sam", samsKey);
        await browser.GetAsync(SessionPages.Path);
        provider.Claims["sub"] = "sams";
        provider.Claims["amr"] = new[] { "mfa" };
        await browser.PostAsync("/account/link/district");
        await ReturnAsync(browser);
        Assert.Equal((HttpStatusCode.Redirect, SessionPages.Path), (browser.Status, browser.Location));

        using var other = new Browser(hub.Address);
        await SignInAsync(other);
        Assert.True(await other.MayAskAsync());
        await browser.GetAsync(SessionPages.Path);
        provider.Claims["sub"] = "42"; // Who opens the account of somebody else.
        await browser.PostAsync("/account/link/district");
        await ReturnAsync(browser);
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        Assert.Single((await hub.DoAsync<AccountStore, AccountUser?>(
            store => store.FindAsync(sam, AccountsHub.Ct)))!.State.Logins);
    }

    [Fact]
    public async Task Signing_in_with_a_provider_gives_no_permission()
    {
        provider.Claims["amr"] = new[] { "mfa" };
        provider.Claims["roles"] = new[] { "admin", "owner" };
        using var browser = new Browser(hub.Address);
        await SignInAsync(browser);
        Assert.True(await browser.MayAskAsync());

        var viewer = await hub.Services.GetRequiredService<K12Hub.Hosting.IViewerGrants>()
            .ViewerOfAsync(AccountsHub.District, reyes, AccountsHub.Ct);

        Assert.False(viewer.May("outbox.read"));
    }

    [Theory]
    [InlineData("X-Forwarded-User")]
    [InlineData("X-Remote-User")]
    [InlineData("Remote-User")]
    [InlineData("X-MS-CLIENT-PRINCIPAL-NAME")]
    public async Task No_header_says_who_somebody_is(string header)
    {
        using var browser = new Browser(hub.Address);

        await browser.PostJsonAsync("/graphql", "{}", ("Sec-Fetch-Site", "same-origin"), (header, "reyes"));

        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
    }

    [Fact]
    public async Task When_the_provider_is_down_the_page_says_so_and_the_administrators_password_works_and_is_noticed()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0); // Takes connections and never says anything.
        silent.Start();
        await using var down = await StartHubAsync(
            hub, ("Accounts:Providers:district:Issuer", $"http://{silent.LocalEndpoint}"));
        var (id, okaforsKey) = await down.AddAsync("okafor", isFirst: true);
        using var browser = new Browser(down.Address);
        await browser.GetAsync(Start);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Status);
        Assert.Contains("does not answer", browser.Page, StringComparison.Ordinal);
        await browser.SignInAsync(down, "okafor", okaforsKey);
        Assert.True(await browser.MayAskAsync());
        Assert.Equal("1", await hub.OneAsync(
            $"select count(*) from es.events where stream_id = '{id}' and type = 'account.emergency_sign_in'"));
        Assert.Matches(new Regex($"^Warning .*{id}", RegexOptions.Multiline), down.Log.All);
    }

    [Theory]
    [InlineData("Microsoft", "https://login.microsoftonline.com/common/v2.0", "a")]
    [InlineData("Microsoft", "https://login.microsoftonline.com/organizations/v2.0", "a")]
    [InlineData("Google", "https://accounts.google.com", null)]
    [InlineData("Clever", "https://clever.com", null)]
    [InlineData("Standard", "http://idp.lincoln.example", null)]
    public async Task A_provider_of_everybody_stops_the_start(string kind, string issuer, string? ours)
    {
        (string, string)[] settings =
        [
            ("Accounts:Providers:district:Kind", kind), ("Accounts:Providers:district:Issuer", issuer),
            .. ours is null ? [] : new[] { ("Accounts:Providers:district:Belongs:0", ours) },
        ];

        await Assert.ThrowsAsync<ValidationException>(() => StartHubAsync(hub, settings));
    }

    private string Forged(string what, Dictionary<string, object> claims)
    {
        using var other = RSA.Create(2048);
        switch (what)
        {
            case "alg none": return FakeProvider.Unsigned(claims);
            case "HS256 with the public key": return provider.SignedWithPublicKey(claims);
            case "another issuer": claims["iss"] = "https://evil.example"; break;
            case "an old nonce": claims["nonce"] = "of yesterday"; break;
            case "no nonce": claims.Remove("nonce"); break;
            case "another audience": claims["aud"] = "another-app"; break;
            case "another party": claims["azp"] = "another-app"; break;
            case "two audiences and no party": claims["aud"] = new[] { FakeProvider.ClientId, "another-app" }; break;
            case "a key of a path": return provider.Signed(claims, kid: "../../../../dev/null", with: other);
            case "another key": return provider.Signed(claims, kid: "two", with: other);
            case "a changed claim":
                var parts = provider.Signed(claims).Split('.');
                claims["sub"] = "43";
                return $"{parts[0]}.{provider.Signed(claims).Split('.')[1]}.{parts[2]}";
            case "an end in the past": claims["exp"] = FakeProvider.Seconds(-120); break;
            case "no end": claims.Remove("exp"); break;
            case "no subject": claims.Remove("sub"); break;
        }

        return provider.Signed(claims);
    }

    private Task<AccountsHub> StartHubAsync(AccountsHub? beside = null, params (string, string)[] settings) =>
        AccountsHub.StartAsync(beside, null,
        [
            ("Accounts:Providers:district:Label", "Lincoln"), ("Accounts:Providers:district:Issuer", provider.Issuer),
            ("Accounts:Providers:district:ClientId", FakeProvider.ClientId), .. settings,
        ]);

    private async Task SignInAsync(Browser browser)
    {
        await browser.GetAsync(Start);
        await ReturnAsync(browser);
    }

    private async Task ReturnAsync(Browser browser) =>
        await browser.GetAsync($"{Back}?code={provider.CodeFor(browser.Location!)}&state={StateOf(browser)}");

    private static string StateOf(Browser browser) =>
        QueryHelpers.ParseQuery(new Uri(browser.Location!).Query)["state"].ToString();
}
