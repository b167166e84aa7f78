using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace K12Hub.Accounts.Tests;

/// <summary>Guessing is slow, and tells nothing.</summary>
public sealed class ThrottleTests : IAsyncLifetime
{
    private AccountsHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await AccountsHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_thousand_guesses_over_a_hundred_people_are_a_hundred_checks_at_most()
    {
        await using var other = await AccountsHub.StartAsync(hub);
        await hub.AddAsync("person7");
        using var here = new Browser(hub.Address);
        using var there = new Browser(other.Address);
        await here.GetAsync(SignInPages.Path);
        await there.GetAsync(SignInPages.Path);

        for (var i = 0; i < 1_000; i++)
        {
            var thief = i % 2 == 0 ? here : there;
            if (i % 10 == 0) hub.Time.Advance(TimeSpan.FromSeconds(1));
            await thief.PostAsync(
                SignInPages.Path,
                ("name", string.Create(CultureInfo.InvariantCulture, $"person{i % 100}")), ("password", "guess"));
        }

        Assert.InRange(hub.Hasher.Checks + other.Hasher.Checks, 20, 100);
        Assert.Equal(HttpStatusCode.TooManyRequests, here.Status);
        Assert.NotNull(here.Answer!.Headers.RetryAfter);
    }

    [Fact]
    public async Task The_pause_grows_and_ends_and_a_right_password_forgets_it()
    {
        await hub.AddAsync("reyes");
        using var browser = new Browser(hub.Address);
        var pauses = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            await browser.PasswordAsync("reyes", "guess");
            if (browser.Status is not HttpStatusCode.TooManyRequests) continue;

            pauses.Add((int)browser.Answer!.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
            hub.Time.Advance(browser.Answer.Headers.RetryAfter.Delta.Value);
        }

        Assert.Equal([1, 2, 4], pauses.Take(3));
        await browser.PasswordAsync("reyes", AccountsHub.GoodPassword);
        for (var i = 0; i < 4 && browser.Status is HttpStatusCode.TooManyRequests; i++)
        {
            hub.Time.Advance(browser.Answer!.Headers.RetryAfter!.Delta!.Value);
            await browser.PasswordAsync("reyes", AccountsHub.GoodPassword);
        }

        Assert.Equal(HttpStatusCode.Redirect, browser.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PasswordAsync("reyes", "guess")).Status);
    }

    [Fact]
    public async Task However_often_it_was_wrong_nobody_is_locked_out_for_longer_than_a_quarter_of_an_hour()
    {
        await hub.AddAsync("reyes");
        using var browser = new Browser(hub.Address);
        for (var i = 0; i < 25; i++)
        {
            await browser.PasswordAsync("reyes", "guess");
            if (browser.Answer!.Headers.RetryAfter?.Delta is { } pause) hub.Time.Advance(pause);
        }

        hub.Time.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.PasswordAsync("reyes", AccountsHub.GoodPassword)).Status);
    }

    [Fact]
    public async Task Whether_somebody_has_an_account_is_seen_neither_in_the_answer_nor_in_the_work()
    {
        await hub.AddAsync("known");
        var (disabled, _) = await hub.AddAsync("disabled");
        await hub.DoAsync<AccountDesk, bool>(desk => desk.DisableAsync(disabled, "cli:test", AccountsHub.Ct));
        await hub.DoAsync<AccountDesk, (Guid, string)?>(desk => desk.InviteAsync("invited", "Invited", "cli:test"));
        var told = new List<string>();
        foreach (var name in (string[])["known", "unknown", "disabled", "invited"])
        {
            using var browser = new Browser(hub.Address);
            var before = hub.Hasher.Checks;
            await browser.PasswordAsync(name, "wrong");
            var page = Regex.Replace(
                browser.Page, "(name=\"formToken\" value=|name=\"name\" [^>]*value=)\"[^\"]*\"", "");
            told.Add($"{browser.Status} {hub.Hasher.Checks - before} {page}");
        }

        Assert.StartsWith("Unauthorized 1 ", told[0], StringComparison.Ordinal);
        Assert.Single(told.Distinct());
    }

    [Fact]
    public async Task Codes_of_the_second_step_are_guessed_as_slowly()
    {
        await hub.AddAsync("reyes");
        using var browser = new Browser(hub.Address);
        await browser.PasswordAsync("reyes", AccountsHub.GoodPassword);
        await browser.GetAsync(SignInPages.FactorPath);

        var taken = 0;
        for (var i = 0; i < 100; i++)
        {
            await browser.PostAsync(
                SignInPages.FactorPath, ("code", i.ToString("D6", CultureInfo.InvariantCulture)));
            if (browser.Status is HttpStatusCode.Unauthorized) taken++;
        }

        Assert.InRange(taken, 1, 6);
    }
}
