using System.ComponentModel.DataAnnotations;

namespace K12Hub.GraphQL.Validation;

/// <summary>How much a document may ask for, and how much is said about a bad one.</summary>
public sealed record ValidationOptions
{
    /// <summary>For requests of strangers.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>The rules of the specification and nothing else: for test suites that compare every error.</summary>
    public static ValidationOptions SpecificationOnly { get; } = new()
    {
        MaxErrors = int.MaxValue,
        MaxLocations = int.MaxValue,
        MaxDepth = int.MaxValue,
        MaxRepetition = int.MaxValue,
        MaxFields = int.MaxValue,
        MaxAliases = int.MaxValue,
        MaxRootFields = int.MaxValue,
        MaxFragmentVisits = int.MaxValue,
        MaxNesting = int.MaxValue,
        MaxMergeComparisons = 10_000_000,
    };

    /// <summary>Whether the size of an operation does not matter.</summary>
    internal bool IsUnlimited => MaxDepth == int.MaxValue && MaxFields == int.MaxValue;

    /// <summary>Validation stops after so many errors.</summary>
    [Range(1, 1_000)]
    public int MaxErrors { get; init; } = 5;

    /// <summary>Places named per error.</summary>
    [Range(1, 1_000)]
    public int MaxLocations { get; init; } = 5;

    /// <summary>Fields within each other, counted from the operation's root; introspection is not counted.</summary>
    [Range(1, 200)]
    public int MaxDepth { get; init; } = 12;

    /// <summary>How often one field, "Student.guardians" for instance, may occur on one path.</summary>
    [Range(1, 200)]
    public int MaxRepetition { get; init; } = 3;

    /// <summary>Fields of an operation once its fragments are expanded.</summary>
    [Range(1, 1_000_000)]
    public int MaxFields { get; init; } = 1_000;

    /// <summary>Aliases of one field within one selection set.</summary>
    [Range(0, 1_000_000)]
    public int MaxAliases { get; init; } = 30;

    /// <summary>Root fields of an operation.</summary>
    [Range(1, 1_000_000)]
    public int MaxRootFields { get; init; } = 20;

    /// <summary>Spreads followed while looking at one operation.</summary>
    [Range(0, 1_000_000)]
    public int MaxFragmentVisits { get; init; } = 1_000;

    /// <summary>Selection sets within each other, those of expanded fragments counted; they cost stack.</summary>
    [Range(1, 256)]
    public int MaxNesting { get; init; } = 128;

    /// <summary>Steps the check for conflicting fields may take in one document.</summary>
    [Range(1, 10_000_000)]
    public int MaxMergeComparisons { get; init; } = 100_000;

    /// <summary>Lists of introspection within each other, "fields" of "interfaces" for instance.</summary>
    [Range(0, 10)]
    public int MaxIntrospectionDepth { get; init; } = 2;

    /// <summary>Whether "__schema" and "__type" may be asked; "__typename" always may.</summary>
    public bool AllowIntrospection { get; init; } = true;
}
