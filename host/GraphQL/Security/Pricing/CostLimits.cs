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
    public double MaxFieldCost { get; init; } = 1_000;

    /// <summary>The answer: how many objects it may hold. Infinity for no limit.</summary>
    public double MaxTypeCost { get; init; } = 1_000;

    /// <summary>Values a list is taken to have when the schema does not say; 1 to 1,000.</summary>
    public int AssumedListSize { get; init; } = 10;
}
