using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using K12Hub.EventStore;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Accounts;

/// <summary>Seals keys of Data Protection with the key ring, which is not in the database: a dump alone opens nothing.
/// AES-256-GCM under a key derived from the ring's for this purpose alone.</summary>
internal sealed class RingSeal(DocumentStore store, AccountsSettings settings) : IXmlEncryptor
{
    public const string ElementName = "sealedKey";

    private const int NonceBytes = 12, TagBytes = 16;

    private static readonly byte[] Purpose = "k12hub data protection key"u8.ToArray();

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        CloseAsync(store.Options.KeyRing!, new(settings.District), plaintextElement, CancellationToken.None)
            .AsTask().GetAwaiter().GetResult(),
        typeof(RingSealOpener));

    public static async ValueTask<XElement> CloseAsync(
        IKeyRing ring, DistrictId district, XElement open, CancellationToken ct)
    {
        var key = await ring.CurrentAsync(district, ct);
        var text = Encoding.UTF8.GetBytes(open.ToString(SaveOptions.DisableFormatting));
        var all = new byte[NonceBytes + text.Length + TagBytes];
        RandomNumberGenerator.Fill(all.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(Derived(key), TagBytes);
        aes.Encrypt(
            all.AsSpan(0, NonceBytes), text, all.AsSpan(NonceBytes, text.Length), all.AsSpan(NonceBytes + text.Length),
            Encoding.UTF8.GetBytes(key.Id));
        return new XElement(ElementName, new XAttribute("ringKey", key.Id), Convert.ToBase64String(all));
    }

    public static async ValueTask<XElement> OpenAsync(
        IKeyRing ring, DistrictId district, XElement closed, CancellationToken ct)
    {
        var id = (string?)closed.Attribute("ringKey") ?? "";
        var key = await ring.FindAsync(district, id, ct)
            ?? throw new CryptographicException($"The key ring has no key {id}. Restore the keys folder.");
        var all = Convert.FromBase64String(closed.Value);
        var text = new byte[all.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(Derived(key), TagBytes);
        aes.Decrypt(
            all.AsSpan(0, NonceBytes), all.AsSpan(NonceBytes, text.Length), all.AsSpan(NonceBytes + text.Length), text,
            Encoding.UTF8.GetBytes(key.Id));
        return XElement.Parse(Encoding.UTF8.GetString(text));
    }

    private static byte[] Derived(RingKey key) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Secret.ToArray(), 32, info: Purpose);
}

/// <summary>Opens what <see cref="RingSeal"/> closed; Data Protection makes it by the name of its type.</summary>
internal sealed class RingSealOpener(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => RingSeal.OpenAsync(
        services.GetRequiredService<DocumentStore>().Options.KeyRing!,
        new(services.GetRequiredService<AccountsSettings>().District), encryptedElement, CancellationToken.None)
        .AsTask().GetAwaiter().GetResult();
}
