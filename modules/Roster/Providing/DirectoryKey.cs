using System.Collections.Concurrent;
using System.Security.Cryptography;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>Stands for students before somebody who gets directory information: their keys in sources are often their
/// numbers, which never are. Two who compare what they got cannot join it by these.</summary>
/// <param name="secret">32 bytes.</param>
internal sealed class DirectoryKey(byte[] secret)
{
    /// <summary>What stands for an id.</summary>
    public string Hide(Guid id) => HideId(id).ToString();

    /// <summary>The same, as an id.</summary>
    public Guid HideId(Guid id)
    {
        using var aes = Cipher();
        return new(aes.EncryptEcb(id.ToByteArray(), PaddingMode.None));
    }

    /// <summary>The id that something stands for.</summary>
    public Guid ShowId(Guid hidden)
    {
        using var aes = Cipher();
        return new(aes.DecryptEcb(hidden.ToByteArray(), PaddingMode.None));
    }

    /// <summary>The id that a text stands for; that of nobody where it stands for none.</summary>
    public Guid Show(string text) => Guid.TryParseExact(text, "D", out var hidden) ? ShowId(hidden) : Guid.Empty;

    // An id is one block: there is nothing for a mode to chain.
    private Aes Cipher()
    {
        var aes = Aes.Create();
        aes.Key = secret;
        return aes;
    }
}

/// <summary>The secret of a client's keys.</summary>
internal sealed record DirectoryKeyRow
{
    /// <summary>The client.</summary>
    public string Client { get; init; } = "";

    /// <summary>32 bytes. Whoever reads this table reads the roster as well.</summary>
    public byte[] Secret { get; init; } = [];
}

/// <summary>Keys by clients; the first request of a client makes one.</summary>
internal sealed class DirectoryKeys(DocumentStore store)
{
    private const int SecretBytes = 32;

    private readonly ConcurrentDictionary<(short District, string Client), DirectoryKey> known = new();

    public async Task<DirectoryKey> OfAsync(DistrictId district, string client, CancellationToken ct)
    {
        if (known.TryGetValue((district.Value, client), out var key)) return key;

        await using var batch = DistrictBatch.For(store, district)
            .With(
                $"""
                insert into {RosterTables.DirectoryKeyRows} (tenant_id, client, secret) values ($1, $2, $3)
                on conflict do nothing
                """,
                district.Value, client, RandomNumberGenerator.GetBytes(SecretBytes))
            .With(
                $"select secret from {RosterTables.DirectoryKeyRows} where tenant_id = $1 and client = $2",
                district.Value, client);
        await using var rows = await batch.ReadAsync(ct);
        await rows.ReadAsync(ct);
        return known.GetOrAdd((district.Value, client), new DirectoryKey(rows.GetFieldValue<byte[]>(0)));
    }
}
