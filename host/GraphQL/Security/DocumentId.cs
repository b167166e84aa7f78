using System.Buffers;
using System.Security.Cryptography;

namespace K12Hub.GraphQL.Security;

/// <summary>The id of a document: the SHA-256 of its bytes in lower-case hexadecimal, with or without the prefix
/// <c>sha256:</c>.</summary>
internal static class DocumentId
{
    private const string Prefix = "sha256:";
    private const int Digits = 2 * SHA256.HashSizeInBytes;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    public static string Of(ReadOnlySpan<byte> document) => Convert.ToHexStringLower(SHA256.HashData(document));

    /// <summary>The id with its prefix.</summary>
    public static string WithAlgorithm(string id) => Prefix + id;

    /// <summary>The id without its prefix; empty when it is none.</summary>
    public static ReadOnlySpan<char> Normalize(ReadOnlySpan<char> id)
    {
        if (id.StartsWith(Prefix, StringComparison.Ordinal)) id = id[Prefix.Length..];
        return id.Length == Digits && !id.ContainsAnyExcept(Hexadecimal) ? id : default;
    }
}
