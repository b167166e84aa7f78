using System.Security.Cryptography;
using System.Text.Json;

namespace K12Hub.EventStore;

/// <summary>A state as it is stored: plain, or, where personal data went into it, sealed as a whole under a key made of
/// the keys of all subjects. Destroying one of them closes it.</summary>
internal sealed record StoredSnapshot(JsonElement Data, Guid[] Subjects)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>JSON to store.</summary>
    public static string Write(byte[] state, IReadOnlyCollection<SubjectKey> keys, SealedPlace place)
    {
        if (keys.Count == 0)
        {
            return System.Text.Encoding.UTF8.GetString(state);
        }

        var bytes = new byte[NonceBytes + TagBytes + state.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(KeyOf(keys), TagBytes);
        cipher.Encrypt(
            bytes.AsSpan(0, NonceBytes), state, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes),
            place.Of("$snapshot"u8));
        return JsonSerializer.Serialize(Convert.ToBase64String(bytes));
    }

    public static StoredSnapshot Read(byte[] json) =>
        JsonSerializer.Deserialize<StoredSnapshot>(json, JsonSerializerOptions.Web)!;

    /// <summary>JSON of the state.</summary>
    public byte[] Open(IReadOnlyDictionary<Guid, SubjectKey> keys, SealedPlace place)
    {
        if (Subjects.Length == 0)
        {
            return JsonSerializer.SerializeToUtf8Bytes(Data);
        }

        var bytes = Data.GetBytesFromBase64();
        var state = new byte[bytes.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(KeyOf([.. Subjects.Select(subject => keys[subject])]), TagBytes);
        cipher.Decrypt(
            bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), state,
            place.Of("$snapshot"u8));
        return state;
    }

    private static byte[] KeyOf(IReadOnlyCollection<SubjectKey> keys) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        [.. keys.OrderBy(key => key.Subject).SelectMany(key => key.Secret.ToArray())],
        KeyWrap.KeyBytes,
        info: "k12hub.snapshot"u8.ToArray());
}
