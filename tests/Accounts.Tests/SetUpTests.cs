using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Accounts.Tests;

/// <summary>The first administrator: by a code on the console, once in the life of an installation.</summary>
public sealed class SetUpTests : IAsyncLifetime
{
    private AccountsHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await AccountsHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task There_is_no_account_until_somebody_types_the_code_of_the_console()
    {
        Assert.Equal("0", await hub.OneAsync("select count(*) from accounts.accounts_v1"));
        using var browser = new Browser(hub.Address);
        var code = (await NewCodeAsync(hub))!;

        await PostAsync(browser, "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA");
        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
        await PostAsync(browser, code.ToLowerInvariant());

        Assert.Equal(EnrollPages.Path, browser.Location);
        Assert.Equal("True", await hub.OneAsync("select is_first_administrator from accounts.accounts_v1"));
    }

    [Fact]
    public async Task Afterwards_there_is_no_such_page_for_ever_whatever_the_tables_say()
    {
        using var browser = new Browser(hub.Address);
        var (code, spare) = ((await NewCodeAsync(hub))!, (await NewCodeAsync(hub))!);
        await PostAsync(browser, code);

        await AssertGoneAsync(browser, spare);
        await hub.OneAsync("truncate accounts.accounts_v1, accounts.sessions_v1, accounts.setup_codes_v1");
        await using var restarted = await AccountsHub.StartAsync(hub);
        using var later = new Browser(restarted.Address);

        await AssertGoneAsync(later, spare);
        Assert.Null(await NewCodeAsync(restarted));
    }

    [Fact]
    public async Task A_file_beside_the_database_says_so_too()
    {
        var file = Path.GetTempFileName();
        await using var marked = await AccountsHub.StartAsync(
            hub, services => services.AddSingleton(new SetUpMark(file)));
        using var browser = new Browser(marked.Address);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(SetUpPages.Path)).Status);
        Assert.Null(await NewCodeAsync(marked));
        File.Delete(file);
    }

    [Fact]
    public async Task Of_two_who_have_a_code_at_the_same_moment_one_is_the_first()
    {
        await using var other = await AccountsHub.StartAsync(hub);
        var codes = new[] { await NewCodeAsync(hub), await NewCodeAsync(other) };
        using var here = new Browser(hub.Address);
        using var there = new Browser(other.Address);

        await Task.WhenAll(PostAsync(here, codes[0]!, "okafor"), PostAsync(there, codes[1]!, "reyes"));

        Assert.Equal("1", await hub.OneAsync("select count(*) from accounts.accounts_v1"));
        Assert.Single(new[] { here, there }, browser => browser.Status is HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Guessing_the_code_is_slow()
    {
        using var browser = new Browser(hub.Address);
        await NewCodeAsync(hub);
        for (var i = 0; i < 8; i++) await PostAsync(browser, $"AAAA{i}");

        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
    }

    private static async Task<string?> NewCodeAsync(AccountsHub node) =>
        await node.Services.GetRequiredService<FirstAdministrator>().NewCodeAsync(AccountsHub.Ct);

    private static async Task AssertGoneAsync(Browser browser, string code)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(SetUpPages.Path)).Status);
        await PostAsync(browser, code, "second");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    private static async Task PostAsync(Browser browser, string code, string name = "okafor@lincoln.example")
    {
        if (browser.FormToken.Length == 0) await browser.GetAsync(SetUpPages.Path);
        await browser.PostAsync(
            SetUpPages.Path, ("code", code), ("yourName", "Principal Okafor"), ("name", name),
            ("password", AccountsHub.GoodPassword));
    }
}
