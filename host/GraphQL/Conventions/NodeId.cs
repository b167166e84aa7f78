using System.Buffers.Text;
using System.Globalization;
using System.Text;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Conventions;

/// <summary>Global ids: base64url of the type's name, a colon and the raw key. Opaque to clients; not a
/// secret.</summary>
public static class NodeId
{
    private const int LongestRawKey = 256;

    /// <summary>Writes the global id of a key.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="prefix">The type's name and a colon, in UTF-8.</param>
    /// <param name="key">The raw key.</param>
    public static void Write(ref JsonArena json, ReadOnlySpan<byte> prefix, Guid key)
    {
        Span<byte> bytes = stackalloc byte[prefix.Length + 36];
        prefix.CopyTo(bytes);
        key.TryFormat(bytes[prefix.Length..], out _);
        json.WriteBase64Url(bytes);
    }

    /// <summary>Writes the global id of a key, or null.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="prefix">The type's name and a colon, in UTF-8.</param>
    /// <param name="key">The raw key.</param>
    public static void Write(ref JsonArena json, ReadOnlySpan<byte> prefix, Guid? key)
    {
        if (key is { } id)
        {
            Write(ref json, prefix, id);
        }
        else
        {
            json.WriteNull();
        }
    }

    /// <summary>Writes the global id of a key, or null.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="prefix">The type's name and a colon, in UTF-8.</param>
    /// <param name="key">The raw key: a string or a whole number.</param>
    public static void Write(ref JsonArena json, ReadOnlySpan<byte> prefix, object? key)
    {
        if (key is null)
        {
            json.WriteNull();
        }
        else
        {
            json.WriteBase64Url([.. prefix, .. Encoding.UTF8.GetBytes(Raw(key))]);
        }
    }

    /// <summary>The global id of a key; null for none.</summary>
    /// <param name="type">The type's name.</param>
    /// <param name="key">The raw key: a <see cref="Guid"/>, a string or a whole number.</param>
    /// <returns>The id.</returns>
    public static string? Encode(string type, object? key) =>
        key is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{type}:{Raw(key)}"));

    /// <summary>The raw key of a global id.</summary>
    /// <typeparam name="TKey">The key: a <see cref="Guid"/>, a string or a whole number.</typeparam>
    /// <param name="type">The type whose id it must be.</param>
    /// <param name="id">The id.</param>
    /// <returns>The key.</returns>
    /// <exception cref="GraphQLException">It is no id, or of another type.</exception>
    public static TKey Decode<TKey>(string type, string id)
    {
        var (found, raw) = Split(id);
        return found == type
            ? Parse<TKey>(raw)
            : throw new GraphQLException($"This is the id of a {found}, not of a {type}.", "ID_INVALID");
    }

    /// <summary>The raw keys of ids.</summary>
    /// <typeparam name="TKey">The key, or a typed id around it.</typeparam>
    /// <param name="ids">The ids; null for none.</param>
    /// <param name="decode">Makes the key of one id.</param>
    /// <returns>The keys in the same order; null for null.</returns>
    public static IReadOnlyList<TKey>? DecodeAll<TKey>(IReadOnlyList<string?>? ids, Func<string, TKey> decode) =>
        ids?.Select(id => decode(id!)).ToArray();

    /// <summary>The raw key of its text.</summary>
    /// <typeparam name="TKey">The key: a <see cref="Guid"/>, a string or a whole number.</typeparam>
    /// <param name="raw">The text.</param>
    /// <returns>The key.</returns>
    /// <exception cref="GraphQLException">The text is no such key.</exception>
    public static TKey Parse<TKey>(string raw)
    {
        var invariant = CultureInfo.InvariantCulture;
        object? key = typeof(TKey) switch
        {
            var t when t == typeof(string) => raw,
            var t when t == typeof(Guid) => Guid.TryParseExact(raw, "D", out var id) ? id : null,
            var t when t == typeof(int) => int.TryParse(raw, NumberStyles.None, invariant, out var i) ? i : null,
            var t when t == typeof(long) => long.TryParse(raw, NumberStyles.None, invariant, out var l) ? l : null,
            var t => throw new NotSupportedException($"A {t.Name} cannot be the key of a node."),
        };

        return key is TKey found ? found : throw Invalid();
    }

    /// <summary>Type name and raw key of an id, whatever its type.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The type's name and the key's text.</returns>
    /// <exception cref="GraphQLException">It is no id.</exception>
    public static (string Type, string Raw) Split(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var decoded = Base64Url.IsValid(id) && id.Length <= LongestRawKey
            ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id))
            : "";
        var colon = decoded.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? (decoded[..colon], decoded[(colon + 1)..]) : throw Invalid();
    }

    private static string Raw(object key) => Convert.ToString(key, CultureInfo.InvariantCulture)!;

    private static GraphQLException Invalid() =>
        new("This is not an id. Ids come from a field id and are used as they are.", "ID_INVALID");
}
