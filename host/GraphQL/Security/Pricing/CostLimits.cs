using System.ComponentModel.DataAnnotations;

namespace K12Hub.GraphQL.Security;

/// <summary>What an operation may cost, priced with its coerced arguments before anything is resolved.</summary>
public sealed record CostLimits
{
    /// <summary>Prices everything and refuses nothing: for test suites, whose schemas say no prices.</summary>
    public static CostLimits Unlimited { get; } = new()
    {
        MaxFieldCost = double.PositiveInfinity,
        MaxTypeCost = double.PositiveInfinity,
    };

    /// <summary>The work: what fields weigh, times the objects they are asked of. Infinity for no limit.</summary>
    [Range(1, double.PositiveInfinity)]
    public double MaxFieldCost { get; init; } = 1_000;

    /// <summary>The answer: how many objects it may hold. Infinity for no limit.</summary>
    [Range(1, double.PositiveInfinity)]
    public double MaxTypeCost { get; init; } = 1_000;

    /// <summary>Values a list is taken to have when the schema does not say.</summary>
    [Range(1, 1_000)]
    public int AssumedListSize { get; init; } = 10;
}
