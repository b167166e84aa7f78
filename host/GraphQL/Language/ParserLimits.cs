using System.ComponentModel.DataAnnotations;

namespace K12Hub.GraphQL.Language;

/// <summary>
/// What a text may cost before it is refused. The parser checks while reading, before it builds anything big.
/// </summary>
public sealed record ParserLimits
{
    /// <summary>For requests of strangers.</summary>
    public static ParserLimits Default { get; } = new();

    /// <summary>
    /// For texts of our own, a schema for instance: only nesting stays limited, since it costs stack.
    /// </summary>
    public static ParserLimits Trusted { get; } = new()
    {
        MaxBytes = int.MaxValue,
        MaxTokens = int.MaxValue,
        MaxDirectives = int.MaxValue,
        MaxDepth = 200,
    };

    /// <summary>Bytes of UTF-8.</summary>
    [Range(1, 16 * 1024 * 1024)]
    public int MaxBytes { get; init; } = 64 * 1024;

    /// <summary>Tokens, not counting what the grammar ignores.</summary>
    [Range(1, 10_000_000)]
    public int MaxTokens { get; init; } = 15_000;

    /// <summary>Selection sets, lists and input objects within each other; they cost stack.</summary>
    [Range(1, 200)]
    public int MaxDepth { get; init; } = 64;

    /// <summary>Directives at one place.</summary>
    [Range(0, 1_000)]
    public int MaxDirectives { get; init; } = 4;
}
