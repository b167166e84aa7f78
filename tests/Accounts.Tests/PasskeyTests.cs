using System.Net;
using System.Text.Json;

namespace K12Hub.Accounts.Tests;

/// <summary>A passkey is both factors: on our own address, once per challenge.</summary>
public sealed class PasskeyTests : IAsyncLifetime
{
    private const string Add = "/account/passkeys", Use = "/sign-in/passkey";

    private readonly SoftPasskey passkey = new();
    private AccountsHub hub = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        hub = await AccountsHub.StartAsync();
        var (_, key) = await hub.AddAsync("reyes");
        browser = await new Browser(hub.Address).SignInAsync(hub, "reyes", key);
        await browser.GetAsync(SessionPages.Path);
    }

    public async ValueTask DisposeAsync()
    {
        passkey.Dispose();
        browser.Dispose();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_passkey_signs_in_without_a_password_and_no_longer_when_it_was_taken_away()
    {
        Assert.Equal(HttpStatusCode.OK, await AddAsync());
        using var phone = new Browser(hub.Address);
        Assert.Equal(HttpStatusCode.OK, await UseAsync(phone));
        Assert.True(await phone.MayAskAsync());

        await browser.GetAsync(SessionPages.Path);
        var id = System.Text.RegularExpressions.Regex.Match(browser.Page, "name=\"passkey\" value=\"([^\"]+)\"");
        await browser.PostAsync("/account/passkeys/remove", ("passkey", id.Groups[1].Value));

        using var later = new Browser(hub.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, await UseAsync(later));
    }

    [Fact]
    public async Task The_address_is_the_one_of_the_settings_whatever_a_request_says()
    {
        await PostJsonAsync(browser, Add + "/options", "{}", ("Host", "evil.example"));

        Assert.Equal("hub.lincoln.example", JsonDocument.Parse(browser.Page).RootElement
            .GetProperty("rp").GetProperty("id").GetString());
    }

    [Fact]
    public async Task What_was_signed_on_another_site_opens_nothing()
    {
        await AddAsync();
        passkey.Origin = "https://hub.lincoln.example.evil.example";
        using var phone = new Browser(hub.Address);

        Assert.Equal(HttpStatusCode.Unauthorized, await UseAsync(phone));
        Assert.False(await phone.MayAskAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await AddAsync());
    }

    [Fact]
    public async Task A_passkey_that_did_not_verify_its_owner_is_no_second_factor()
    {
        await AddAsync();
        passkey.Verifies = false;
        using var phone = new Browser(hub.Address);

        Assert.Equal(HttpStatusCode.Unauthorized, await UseAsync(phone));
    }

    [Fact]
    public async Task Whoever_only_asked_for_a_challenge_is_sent_to_sign_in()
    {
        using var phone = new Browser(hub.Address);
        await phone.GetAsync(SignInPages.Path);
        await PostJsonAsync(phone, Use + "/options", "{}");
        Assert.NotNull(phone.Session);

        await phone.GetAsync(SessionPages.Path);

        Assert.Equal((SignInPages.Path, false), (phone.Location, await phone.MayAskAsync()));
    }

    [Fact]
    public async Task An_answer_counts_once()
    {
        await AddAsync();
        using var phone = new Browser(hub.Address);
        await phone.GetAsync(SignInPages.Path);
        await PostJsonAsync(phone, Use + "/options", "{}");
        var (answer, session) = (passkey.Sign(phone.Page), phone.Session);
        await PostJsonAsync(phone, Use, answer);
        Assert.Equal(HttpStatusCode.OK, phone.Status);

        phone.Session = session;
        await PostJsonAsync(phone, Use, answer);
        Assert.Equal(HttpStatusCode.Unauthorized, phone.Status);
        await PostJsonAsync(phone, Use + "/options", "{}");
        await PostJsonAsync(phone, Use, answer);

        Assert.Equal(HttpStatusCode.Unauthorized, phone.Status);
    }

    private async Task<HttpStatusCode> AddAsync()
    {
        await browser.GetAsync(SessionPages.Path);
        await PostJsonAsync(browser, Add + "/options", "{}");
        await PostJsonAsync(browser, Add, passkey.Create(browser.Page));
        return browser.Status;
    }

    private async Task<HttpStatusCode> UseAsync(Browser phone)
    {
        await phone.GetAsync(SignInPages.Path);
        await PostJsonAsync(phone, Use + "/options", "{}");
        await PostJsonAsync(phone, Use, passkey.Sign(phone.Page));
        return phone.Status;
    }

    private static async Task PostJsonAsync(
        Browser from, string path, string json, params (string, string)[] headers)
    {
        var token = from.LastFormToken;
        await from.PostJsonAsync(
            path, json, [("Sec-Fetch-Site", "same-origin"), ("X-Form-Token", token), .. headers]);
    }
}
