using System.Net;
using K12Hub.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Accounts.Tests;

/// <summary>Who signed in, who was refused and what people sign in with is written down; never what they
/// typed.</summary>
public sealed class SignInRecordsTests : IAsyncLifetime
{
    private AccountsHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await AccountsHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_sign_in_is_written_down_before_the_browser_gets_its_session()
    {
        var (id, key) = await hub.AddAsync("reyes");
        using var browser = new Browser(hub.Address);
        await browser.PasswordAsync("reyes", AccountsHub.GoodPassword);
        Assert.Equal("0", await CountAsync("signin.done"));

        await browser.GetAsync(SignInPages.FactorPath);
        await browser.PostAsync(SignInPages.FactorPath, ("code", hub.CodeOf(key)));

        Assert.Equal(
            $$"""{{id}} {"what":["code"],"address":"127.0.0.1"}""",
            await hub.OneAsync("select actor || ' ' || detail from es.audit_records where action = 'signin.done'"));
    }

    [Fact]
    public async Task Where_it_cannot_be_written_down_nobody_signs_in()
    {
        var (_, key) = await hub.AddAsync("reyes");
        using var browser = new Browser(hub.Address);
        await browser.PasswordAsync("reyes", AccountsHub.GoodPassword);
        await browser.GetAsync(SignInPages.FactorPath);
        await hub.OneAsync("alter function es.audit_append rename to audit_append_gone");

        await browser.PostAsync(SignInPages.FactorPath, ("code", hub.CodeOf(key)));

        Assert.Equal(HttpStatusCode.InternalServerError, browser.Status);
        Assert.False(await browser.MayAskAsync());
    }

    [Theory]
    [InlineData("known", "canary-password")]
    [InlineData("canary-name", "canary-password")]
    public async Task A_failure_is_written_down_by_where_it_came_from_and_without_what_was_typed(
        string name, string password)
    {
        var (id, _) = await hub.AddAsync("known");
        using var browser = new Browser(hub.Address);
        for (var i = 0; i < 10; i++) await browser.PasswordAsync(name, password);
        await hub.Time.AdvanceUntilAsync(
            TimeSpan.FromSeconds(10), async () => await CountAsync("signin.refused") == "2", AccountsHub.Ct);

        var accounts = name == "known" ? $""","accounts":["{id}"]""" : "";
        Assert.Equal(
            $$"""
            {"what":["password"]{{accounts}},"address":"127.0.0.1"}
            {"what":["password","pause"]{{accounts}},"address":"127.0.0.1","times":9}
            """,
            await hub.OneAsync(
                "select string_agg(detail, E'\n' order by number) from es.audit_records "
                + "where action = 'signin.refused'"));
        Assert.Equal("0", await hub.OneAsync(
            "select count(*) from es.audit_records r "
            + "where r::text like '%canary%' or r::text like '%' || encode('canary', 'hex') || '%'"));
    }

    [Fact]
    public async Task Whether_there_is_such_an_account_makes_no_more_records_and_no_fewer()
    {
        await hub.AddAsync("known");
        using var browser = new Browser(hub.Address);
        await browser.PasswordAsync("unknown", "wrong");
        await browser.PasswordAsync("known", "wrong");
        await browser.PasswordAsync("unknown-too", "wrong");

        Assert.Equal("1", await CountAsync("signin.refused"));
    }

    [Fact]
    public async Task What_people_sign_in_with_is_written_down_when_it_changes()
    {
        var (id, _) = await hub.AddAsync("reyes");
        await hub.DoAsync<AccountDesk, bool>(desk => desk.ResetFactorsAsync(id, "cli:okafor", AccountsHub.Ct));
        await hub.DoAsync<AccountDesk, string?>(desk => desk.ResetPasswordAsync(id, "cli:okafor", AccountsHub.Ct));
        await hub.DoAsync<AccountDesk, bool>(desk => desk.DisableAsync(id, "cli:okafor", AccountsHub.Ct));
        hub.Services.GetRequiredService<BackgroundWork>().Begin();
        await hub.Time.AdvanceUntilAsync(
            TimeSpan.FromSeconds(5), async () => await CountAsync("account.disabled") == "1", AccountsHub.Ct);

        Assert.Equal(
            $"account.created {id}, account.authenticator_set {id}, account.second_factor_on {id}, "
            + $"account.password_set {id}, account.factors_reset cli:okafor, account.invited cli:okafor, "
            + "account.disabled cli:okafor",
            await hub.OneAsync(
                "select string_agg(action || ' ' || actor, ', ' order by number) from es.audit_records "
                + $"where detail::json ->> 'stream' = '{id}'"));
    }

    [Fact]
    public async Task A_token_that_is_shown_is_written_down_once_an_hour_and_one_that_is_none_as_a_refusal()
    {
        var (id, secret, _) = await hub.DoAsync<TokenDesk, (Guid, string, Refusal?)>(desk => desk.CreateAsync(
            "lms", null, hub.Time.GetUtcNow().AddDays(9), "cli:okafor", AccountsHub.Ct));
        using var browser = new Browser(hub.Address);
        for (var i = 0; i < 3; i++) await AskAsync(browser, secret);
        for (var i = 0; i < 3; i++) await AskAsync(browser, "k12_canary");
        hub.Time.Advance(TimeSpan.FromMinutes(61));
        await AskAsync(browser, secret);

        Assert.Equal(
            $"{id}, {id}",
            await hub.OneAsync("select string_agg(actor, ', ') from es.audit_records where action = 'token.used'"));
        await hub.Time.AdvanceUntilAsync(
            TimeSpan.FromSeconds(10), async () => await CountAsync("token.refused") == "2", AccountsHub.Ct);
        Assert.Equal("0", await hub.OneAsync(
            $"select count(*) from es.audit_records r where r::text like '%canary%' or r::text like '%{secret}%'"));
    }

    private static Task<Browser> AskAsync(Browser browser, string token) =>
        browser.PostJsonAsync("/graphql", "{}", ("Authorization", $"Bearer {token}"));

    private Task<string> CountAsync(string action) =>
        hub.OneAsync($"select count(*) from es.audit_records where action = '{action}'");
}
