using System.ComponentModel.DataAnnotations;

namespace K12Hub.GraphQL.Planning;

/// <summary>How much may come in the variables of one request, measured before anything is made of them.</summary>
public sealed record VariableLimits
{
    /// <summary>No limit but that of JSON itself: for test suites.</summary>
    public static VariableLimits Unlimited { get; } = new()
    {
        MaxBytes = int.MaxValue,
        MaxDepth = 64,
        MaxListLength = int.MaxValue,
        MaxValues = int.MaxValue,
    };

    /// <summary>Bytes of JSON.</summary>
    [Range(2, 16 * 1024 * 1024)]
    public int MaxBytes { get; init; } = 64 * 1024;

    /// <summary>Objects and lists within each other, the variables' own object counted.</summary>
    [Range(1, 64)]
    public int MaxDepth { get; init; } = 32;

    /// <summary>Items of one list.</summary>
    [Range(1, 10_000_000)]
    public int MaxListLength { get; init; } = 1_000;

    /// <summary>Values in all: scalars, objects and lists, at any depth.</summary>
    [Range(1, 10_000_000)]
    public int MaxValues { get; init; } = 5_000;
}
