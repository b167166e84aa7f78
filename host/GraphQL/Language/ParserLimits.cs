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
    public int MaxBytes { get; init; } = 64 * 1024;

    /// <summary>Tokens, not counting what the grammar ignores.</summary>
    public int MaxTokens { get; init; } = 15_000;

    /// <summary>Selection sets, lists and input objects within each other.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Directives at one place.</summary>
    public int MaxDirectives { get; init; } = 4;
}
