using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using K12Hub.Contracts;

namespace K12Hub.OneRosterProvider.Access;

/// <summary>Gives tokens out and knows them again: 256 random bits after the client's name. What is stored is their
/// hash.</summary>
internal sealed class AccessTokens(IRosterTokens stored, Clients clients, ProviderSettings settings, TimeProvider time)
{
    private const int Bytes = 32;

    public TimeSpan Life => TimeSpan.FromMinutes(settings.TokenMinutes);

    public async Task<string> GiveAsync(Client client, IReadOnlyList<Scope> scopes, CancellationToken ct)
    {
        var token = $"{client.Name}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes))}";
        await stored.KeepAsync(
            client.District,
            new(HashOf(token), client.Name, [.. scopes.Select(scope => scope.Word)], time.GetUtcNow() + Life), ct);
        return token;
    }

    /// <summary>Whose token it is, and for what; null when it is nobody's, or too old, or its client's rights are no
    /// longer what they were.</summary>
    public async Task<(Client Client, IReadOnlyList<Scope> Scopes)?> FindAsync(string token, CancellationToken ct)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || clients.Find(token[..dot]) is not { } client) return null;

        var known = await stored.FindAsync(client.District, HashOf(token), ct);
        if (known is null || known.Client != client.Name || known.ExpiresAt <= time.GetUtcNow()) return null;

        Scope[] scopes = [.. client.Scopes.Where(scope => known.Scopes.Contains(scope.Word))];
        return scopes.Length == known.Scopes.Count ? (client, scopes) : null;
    }

    private static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
