using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using K12Hub.EventStore;

namespace K12Hub.Accounts;

/// <summary>What can have happened to something one signs in with: a passkey, or a person as a provider knows
/// them.</summary>
internal abstract record AccountKeyEvent
{
    /// <summary>It opens this account.</summary>
    public sealed record Given(Guid Account) : AccountKeyEvent;

    /// <summary>It opens none any more.</summary>
    public sealed record Ended : AccountKeyEvent;
}

/// <summary>Which account something opens. The stream's id is a hash of what it is, so that no two accounts can have
/// one, and finding it is reading a stream.</summary>
internal sealed record AccountKey(Guid Id, Guid? Account)
{
    public static AccountKey Evolve(AccountKey key, object happened) => happened switch
    {
        AccountKeyEvent.Given e => key with { Account = e.Account },
        AccountKeyEvent.Ended => key with { Account = null },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into AccountKey."),
    };

    /// <summary>Streams of everything that opens an account.</summary>
    public static IReadOnlyList<Guid> Of(Account account) =>
    [
        .. account.Passkeys.Select(passkey => OfPasskey(passkey.CredentialId)),
        .. account.Logins.Select(login => OfLogin(login.Issuer, login.Subject)),
    ];

    public static Guid OfPasskey(ReadOnlySpan<byte> credentialId) => OfPasskey(Base64Url.EncodeToString(credentialId));

    public static Guid OfLogin(string issuer, string subject) => IdOf($"login\n{issuer}\n{subject}");

    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<AccountKeyEvent.Given>("account_key.given");
        store.Events.MapEventType<AccountKeyEvent.Ended>("account_key.ended");
        store.Aggregates.Add<AccountKey>("account_key", id => new(id, null), Evolve);
    }

    private static Guid OfPasskey(string credentialId) => IdOf($"passkey\n{credentialId}");

    // 122 bits of a hash, in the form that RFC 9562 leaves to applications (version 8).
    private static Guid IdOf(string text)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
