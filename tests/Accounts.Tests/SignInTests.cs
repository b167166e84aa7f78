using System.Net;
using K12Hub.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace K12Hub.Accounts.Tests;

/// <summary>Name, password, second step, and then the API answers.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private AccountsHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await AccountsHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Whoever_signs_in_with_both_factors_is_known_to_the_api()
    {
        var (_, key) = await hub.AddAsync("reyes");
        using var browser = new Browser(hub.Address);

        Assert.False(await browser.MayAskAsync());
        await browser.SignInAsync(hub, "Reyes ", key);

        Assert.True(await browser.MayAskAsync());
        Assert.Empty(await DistrictGuard.ComplaintsAsync(hub.Database.ConnectionString, AccountsHub.Ct));
    }

    [Fact]
    public async Task Without_the_second_factor_no_page_is_reached_but_its_own()
    {
        await hub.AddAsync("reyes");
        await hub.AddAsync("sam", withFactor: false);
        using var half = new Browser(hub.Address);
        using var none = new Browser(hub.Address);

        await half.PasswordAsync("reyes", AccountsHub.GoodPassword);
        await none.PasswordAsync("sam", AccountsHub.GoodPassword);

        Assert.False(await half.MayAskAsync());
        Assert.False(await none.MayAskAsync());
        Assert.Equal(SignInPages.FactorPath, (await half.GetAsync(SessionPages.Path)).Location);
        Assert.Equal(EnrollPages.Path, (await none.GetAsync(SessionPages.Path)).Location);
        Assert.Equal(SignInPages.Path, (await half.GetAsync(EnrollPages.Path)).Location);
    }

    [Fact]
    public async Task A_code_counts_once_also_on_another_node_and_never_one_before_it()
    {
        var (_, key) = await hub.AddAsync("reyes");
        await using var other = await AccountsHub.StartAsync(hub);
        using var browser = new Browser(hub.Address);
        using var thief = new Browser(other.Address);
        var before = Totp.CodeAt(key, hub.Time.GetUtcNow().AddSeconds(-30));
        await browser.SignInAsync(hub, "reyes", key);
        await thief.PasswordAsync("reyes", AccountsHub.GoodPassword);

        foreach (var code in (string[])[hub.CodeOf(key), before])
        {
            await thief.GetAsync(SignInPages.FactorPath);
            await thief.PostAsync(SignInPages.FactorPath, ("code", code));
            Assert.Equal(HttpStatusCode.Unauthorized, thief.Status);
        }

        hub.Time.Advance(TimeSpan.FromSeconds(31));
        await thief.PostAsync(SignInPages.FactorPath, ("code", hub.CodeOf(key)));
        Assert.Equal(HttpStatusCode.Redirect, thief.Status);
    }

    [Fact]
    public async Task A_code_of_a_minute_ago_is_too_old()
    {
        var (_, key) = await hub.AddAsync("reyes");
        using var browser = new Browser(hub.Address);
        await browser.PasswordAsync("reyes", AccountsHub.GoodPassword);
        await browser.GetAsync(SignInPages.FactorPath);

        await browser.PostAsync(
            SignInPages.FactorPath, ("code", Totp.CodeAt(key, hub.Time.GetUtcNow().AddSeconds(-61))));

        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
    }

    [Fact]
    public async Task An_app_is_set_up_and_each_recovery_code_works_once()
    {
        await hub.AddAsync("sam", withFactor: false);
        using var browser = new Browser(hub.Address);
        await browser.PasswordAsync("sam", AccountsHub.GoodPassword);
        await browser.GetAsync(EnrollPages.Path);
        var key = Codes(browser.Page).Single();
        await browser.PostAsync(EnrollPages.Path, ("code", "000000"));
        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);

        await browser.PostAsync(EnrollPages.Path, ("code", hub.CodeOf(key)));

        var codes = Codes(browser.Page);
        Assert.Equal((10, true), (codes.Count, await browser.MayAskAsync()));
        foreach (var works in (bool[])[true, false])
        {
            using var again = new Browser(hub.Address);
            await again.PasswordAsync("sam", AccountsHub.GoodPassword);
            await again.GetAsync(SignInPages.FactorPath);
            await again.PostAsync(SignInPages.FactorPath, ("code", codes[3].ToLowerInvariant()));
            Assert.Equal(works, again.Status is HttpStatusCode.Redirect);
        }
    }

    [Fact]
    public async Task A_password_is_read_to_its_last_character_and_however_it_is_written()
    {
        var password = string.Concat(Enumerable.Range(0, 199).Select(i => (char)('a' + (i * i % 23)))) + "\u00e9";
        await hub.AddAsync("reyes", password);
        using var browser = new Browser(hub.Address);

        var other = await browser.PasswordAsync("reyes", password[..189] + "!" + password[190..]);
        Assert.Equal(HttpStatusCode.Unauthorized, other.Status);
        await browser.PasswordAsync("reyes", password[..199] + "e\u0301");

        Assert.Equal(HttpStatusCode.Redirect, browser.Status);
    }

    [Fact]
    public async Task The_stored_hash_is_no_password_and_an_old_one_is_made_anew()
    {
        var (id, _) = await hub.AddAsync("reyes");
        using var browser = new Browser(hub.Address);
        var hash = await HashAsync(id);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PasswordAsync("reyes", hash)).Status);
        await using var stronger = await AccountsHub.StartAsync(hub, services =>
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 2_000));
        using var later = new Browser(stronger.Address);
        await later.PasswordAsync("reyes", AccountsHub.GoodPassword);

        Assert.NotEqual(hash, await HashAsync(id));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.PasswordAsync("reyes", AccountsHub.GoodPassword)).Status);
    }

    [Fact]
    public void A_password_is_hashed_with_six_hundred_thousand_rounds()
    {
        var services = new ServiceCollection();
        new K12Hub.Hosting.HubBuilder(services, new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build())
            .AddAccounts();
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<PasswordHasherOptions>>().Value;

        Assert.Equal(600_000, options.IterationCount);
        Assert.Equal(PasswordHasherCompatibilityMode.IdentityV3, options.CompatibilityMode);
    }

    [Fact]
    public async Task Nothing_that_one_signs_in_with_is_readable_in_the_database()
    {
        var (_, key) = await hub.AddAsync("reyes@lincoln.example");
        using var browser = new Browser(hub.Address);
        await browser.SignInAsync(hub, "reyes@lincoln.example", key);

        var dump = await PgDump.TextAsync(hub.Database.ConnectionString, AccountsHub.Ct);

        Assert.DoesNotContain(key, dump, StringComparison.Ordinal);
        Assert.DoesNotContain("AQAAAA", dump, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Session!, dump, StringComparison.Ordinal);
        Assert.DoesNotContain("reyes", hub.Log.All, StringComparison.OrdinalIgnoreCase);
    }

    private static List<string> Codes(string page) =>
        [.. System.Text.RegularExpressions.Regex.Matches(page, "<code>([^<]+)</code>").Select(m => m.Groups[1].Value)];

    private async Task<string> HashAsync(Guid id) =>
        (await hub.DoAsync<AccountStore, AccountUser?>(store => store.FindAsync(id, AccountsHub.Ct)))!
            .State.PasswordHash!;
}
