using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Accounts.Tests;

/// <summary>The keys of cookies and secrets: shared by all nodes, sealed under the key ring.</summary>
public sealed class ProtectionKeysTests : IAsyncLifetime
{
    private AccountsHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await AccountsHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task What_one_node_closes_another_opens_and_the_database_alone_does_not()
    {
        var closed = hub.Services.GetRequiredService<SecretBox>().Close("secret");
        await using var other = await AccountsHub.StartAsync(hub);

        Assert.Equal("secret", other.Services.GetRequiredService<SecretBox>().Open(closed));
        var stored = await hub.OneAsync("select string_agg(xml, '') from accounts.protection_keys_v1");
        Assert.Contains("sealedKey", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_ring_was_rotated_they_are_sealed_under_its_new_key_and_still_open()
    {
        var closed = hub.Services.GetRequiredService<SecretBox>().Close("secret");
        var ring = hub.Store.Options.KeyRing!;
        await ring.RotateAsync(AccountsHub.District, AccountsHub.Ct);

        var changed = await hub.Services.GetRequiredService<ProtectionKeys>().SealAnewAsync(AccountsHub.Ct);

        Assert.True(changed >= 1);
        var current = (await ring.CurrentAsync(AccountsHub.District, AccountsHub.Ct)).Id;
        var stored = await hub.OneAsync("select string_agg(xml, '') from accounts.protection_keys_v1");
        Assert.Contains($"ringKey=\"{current}\"", stored, StringComparison.Ordinal);
        await using var other = await AccountsHub.StartAsync(hub);
        Assert.Equal("secret", other.Services.GetRequiredService<SecretBox>().Open(closed));
    }
}
