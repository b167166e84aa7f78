using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace K12Hub.Accounts.Tests;

/// <summary>What a telephone does with a passkey, as WebAuthn says it.</summary>
internal sealed class SoftPasskey : IDisposable
{
    private const byte Present = 0x01, Verified = 0x04, HasKey = 0x40;

    private static readonly string[] Transports = ["internal"];

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private string owner = "";
    private uint signed;

    public string Origin { get; set; } = AccountsHub.PublicAddress;

    /// <summary>Whether it looks at its owner's face before it signs.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>Answers the options for a new passkey.</summary>
    public string Create(string options)
    {
        using var json = JsonDocument.Parse(options);
        owner = json.RootElement.GetProperty("user").GetProperty("id").GetString()!;
        var rp = json.RootElement.GetProperty("rp").GetProperty("id").GetString()!;
        var client = ClientData("webauthn.create", json);
        byte[] data = [.. AuthenticatorData(rp, HasKey), .. new byte[16], 0, (byte)id.Length, .. id, .. CoseKey()];
        byte[] attestation =
        [
            0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"),
            0x58, (byte)data.Length, .. data,
        ];
        return Credential(new()
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["attestationObject"] = Base64Url.EncodeToString(attestation),
            ["transports"] = Transports,
        });
    }

    /// <summary>Answers the options of a sign-in.</summary>
    public string Sign(string options)
    {
        using var json = JsonDocument.Parse(options);
        var client = ClientData("webauthn.get", json);
        var data = AuthenticatorData(json.RootElement.GetProperty("rpId").GetString()!, 0);
        var signature = key.SignData(
            [.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new()
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(signature),
            ["userHandle"] = owner,
        });
    }

    public void Dispose() => key.Dispose();

    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private byte[] ClientData(string type, JsonDocument options) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type,
        challenge = options.RootElement.GetProperty("challenge").GetString(),
        origin = Origin,
        crossOrigin = false,
    });

    private byte[] AuthenticatorData(string rp, byte more)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, ++signed);
        var flags = (byte)(Present | (Verifies ? Verified : 0) | more);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(rp)), flags, .. count];
    }

    private byte[] CoseKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
    }

    private string Credential(Dictionary<string, object> response) => JsonSerializer.Serialize(new
    {
        id = Base64Url.EncodeToString(id),
        rawId = Base64Url.EncodeToString(id),
        type = "public-key",
        response,
        clientExtensionResults = new { },
        authenticatorAttachment = "platform",
    });
}
