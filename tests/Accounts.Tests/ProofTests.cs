using System.Globalization;
using System.Net;
using System.Text.Json;

namespace K12Hub.Accounts.Tests;

/// <summary>What gives access away takes a proof of who somebody is that is five minutes old at most.</summary>
public sealed class ProofTests : IAsyncLifetime
{
    private AccountsHub hub = null!;
    private string key = "";

    public async ValueTask InitializeAsync()
    {
        hub = await AccountsHub.StartAsync();
        (_, key) = await hub.AddAsync("okafor", isFirst: true);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_proof_that_is_older_gives_no_token_until_one_signs_in_again()
    {
        using var browser = new Browser(hub.Address);
        await browser.SignInAsync(hub, "okafor", key);

        hub.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("", await CodeAsync(browser, "in time"));
        hub.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("token.prove_again", await CodeAsync(browser, "late"));
        await browser.SignInAsync(hub, "okafor", key);
        Assert.Equal("", await CodeAsync(browser, "again"));
        Assert.Equal("2", await hub.OneAsync("select count(*) from accounts.tokens_v1"));
    }

    private async Task<string> CodeAsync(Browser browser, string name)
    {
        var until = hub.Time.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await browser.PostJsonAsync("/api", JsonSerializer.Serialize(new
        {
            query = $"mutation {{ createToken(input: {{ name: \"{name}\", permissions: [\"jobs.read\"], "
                + $"expiresAt: \"{until}\" }}) {{ errors {{ code }} }} }}",
        }), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        var payload = JsonElement.Parse(browser.Page).GetProperty("data").GetProperty("createToken");
        var errors = payload.GetProperty("errors");
        return errors.ValueKind is JsonValueKind.Null ? "" : errors[0].GetProperty("code").GetString()!;
    }
}
