using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>Why a document cannot be executed against a schema.</summary>
/// <param name="Rule">The rule's name, as in the folder Rules.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Locations">The places, the most telling first.</param>
/// <param name="Code">A stable word for programs.</param>
public sealed record ValidationError(string Rule, string Message, IReadOnlyList<Location> Locations, string Code)
{
    /// <summary>The limit that was passed; null when a rule of the specification was broken.</summary>
    public PassedLimit? Passed { get; init; }

    /// <summary>The code of everything the specification forbids.</summary>
    public const string Invalid = "GRAPHQL_VALIDATION";
}
