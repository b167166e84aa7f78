using System.Net;

namespace K12Hub.Accounts.Tests;

/// <summary>The pages: nobody else's posts, nothing loaded from elsewhere, two languages.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private AccountsHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await AccountsHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_post_from_another_site_is_refused(string header, string value)
    {
        await hub.AddAsync("reyes");
        using var browser = new Browser(hub.Address);
        await browser.GetAsync(SignInPages.Path);

        await browser.PostAsync(
            SignInPages.Path, [(header, value)],
            [("formToken", browser.FormToken), ("name", "reyes"), ("password", AccountsHub.GoodPassword)]);

        Assert.Equal((HttpStatusCode.Forbidden, null), (browser.Status, browser.Session));
    }

    [Fact]
    public async Task A_form_belongs_to_the_browser_it_was_shown_to()
    {
        await hub.AddAsync("reyes");
        using var thief = new Browser(hub.Address);
        await thief.GetAsync(SignInPages.Path);
        var stolen = thief.FormToken;
        using var browser = new Browser(hub.Address);

        foreach (var token in (string[])[stolen, "", "nonsense"])
        {
            await browser.GetAsync(SignInPages.Path);
            await browser.PostAsync(
                SignInPages.Path, [("Sec-Fetch-Site", "same-origin")],
                [("formToken", token), ("name", "reyes"), ("password", AccountsHub.GoodPassword)]);
            Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        }
    }

    [Fact]
    public async Task Every_page_says_that_it_loads_from_us_alone_and_is_kept_nowhere()
    {
        using var browser = new Browser(hub.Address);

        await browser.GetAsync(SignInPages.Path);

        var policy = Assert.Single(browser.Answer!.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'self'; form-action 'self'", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", browser.Answer.Headers.CacheControl?.ToString());
        Assert.DoesNotContain("<script>", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_typed_comes_back_as_text()
    {
        using var browser = new Browser(hub.Address);

        await browser.PasswordAsync("\"><script>alert(1)</script>", "wrong");

        Assert.DoesNotContain("<script>alert", browser.Page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("es-MX,es;q=0.9,en;q=0.5", "es", "Iniciar sesión")]
    [InlineData("en-US,es;q=0.4", "en", "Sign in")]
    [InlineData("fr", "en", "Sign in")]
    [InlineData("es;q=0", "en", "Sign in")]
    public async Task The_language_is_the_one_the_browser_asks_for(string asked, string language, string title)
    {
        using var browser = new Browser(hub.Address);

        await browser.GetAsync(SignInPages.Path, ("Accept-Language", asked));

        Assert.Contains($"<html lang=\"{language}\">", browser.Page, StringComparison.Ordinal);
        Assert.Contains($"<h1>{title}</h1>", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
    }
}
