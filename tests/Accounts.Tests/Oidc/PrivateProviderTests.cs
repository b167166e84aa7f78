using System.Net;

namespace K12Hub.Accounts.Tests;

/// <summary>Whoever names a provider must not make this program ask what is inside the district's network.</summary>
public sealed class PrivateProviderTests
{
    private const string Setting = "Accounts:Providers:district:AllowPrivateAddresses";

    [Theory]
    [InlineData("https://10.1.2.3")]
    [InlineData("https://192.168.1.9/realms/district")]
    [InlineData("https://[fd00::7]")]
    public async Task A_provider_in_a_private_network_is_not_asked_and_the_log_names_the_setting(string issuer)
    {
        await using var hub = await StartAsync(issuer, isAllowed: false);
        using var browser = new Browser(hub.Address);

        await browser.GetAsync("/sign-in/with/district");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Status);
        Assert.DoesNotContain(Setting, browser.Page, StringComparison.Ordinal);
        Assert.Contains(
            $"that is not allowed. It is in a private network; if that is your own, set {Setting} to true",
            hub.Log.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_clouds_tell_their_secrets_nobody_is_asked_and_no_setting_would_help(bool isAllowed)
    {
        await using var hub = await StartAsync("https://169.254.169.254", isAllowed);
        using var browser = new Browser(hub.Address);

        await browser.GetAsync("/sign-in/with/district");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Status);
        Assert.Contains("is at an address that is not allowed. Give the issuer", hub.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Setting, hub.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_asked_where_the_setting_says_so()
    {
        await using var hub = await StartAsync("https://10.255.255.1", isAllowed: true);
        using var browser = new Browser(hub.Address);

        await browser.GetAsync("/sign-in/with/district");

        // There is none, but it was looked for.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Status);
        Assert.DoesNotContain(Setting, hub.Log.All, StringComparison.Ordinal);
    }

    private static Task<AccountsHub> StartAsync(string issuer, bool isAllowed) => AccountsHub.StartAsync(
        null, null, ("Accounts:Providers:district:Label", "Lincoln"), ("Accounts:Providers:district:Issuer", issuer),
        ("Accounts:Providers:district:ClientId", "k12hub"), (Setting, $"{isAllowed}"));
}
