using System.Net;

namespace K12Hub.Accounts.Tests;

/// <summary>Signing in with a provider that others wrote: discovery, its pages, code and PKCE, the exchange, its keys,
/// back with us.</summary>
public sealed class RealProviderTests
{
    private const string Start = "/sign-in/with/district", Back = Start + "/back";

    [Fact]
    public async Task Whoever_is_linked_signs_in_and_nobody_else()
    {
        Assert.SkipWhen(NodeProvider.Missing is not null, NodeProvider.Missing ?? "");
        using var provider = await NodeProvider.StartAsync(AccountsHub.Monday, AccountsHub.PublicAddress + Back);
        var secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(secret, NodeProvider.Secret, AccountsHub.Ct);
        await using var hub = await AccountsHub.StartAsync(null, null,
            ("Accounts:Providers:district:Label", "Lincoln"),
            ("Accounts:Providers:district:Issuer", provider.Issuer),
            ("Accounts:Providers:district:ClientId", NodeProvider.ClientId),
            ("Accounts:Providers:district:ClientSecretFile", secret),
            ("Accounts:Providers:district:AsksForSecondFactor", "true"));
        var (reyes, _) = await hub.AddAsync("reyes");
        await hub.DoAsync<ProviderSignIn, bool>(
            signIn => signIn.LinkAsync(reyes, new(provider.Issuer, "reyes-there", false), AccountsHub.Ct));
        using var browser = new Browser(hub.Address);
        using var stranger = new Browser(hub.Address);

        await SignInAsync(browser, provider, "reyes-there");
        await SignInAsync(stranger, provider, "somebody-else");

        Assert.Equal((HttpStatusCode.Redirect, SessionPages.Path), (browser.Status, browser.Location));
        Assert.True(await browser.MayAskAsync());
        Assert.Equal((HttpStatusCode.Forbidden, null), (stranger.Status, stranger.Session));
        File.Delete(secret);
    }

    private static async Task SignInAsync(Browser browser, NodeProvider provider, string subject)
    {
        await browser.GetAsync(Start);
        var back = await provider.SignInAsync(browser.Location!, subject);
        Assert.StartsWith(AccountsHub.PublicAddress + Back, back);
        await browser.GetAsync(back[AccountsHub.PublicAddress.Length..]);
    }
}
