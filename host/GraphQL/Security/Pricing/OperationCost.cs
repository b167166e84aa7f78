namespace K12Hub.GraphQL.Security;

/// <summary>The price of an operation, in the two measures of the cost directives.</summary>
/// <param name="FieldCost">The work: what fields weigh, times the objects they are asked of.</param>
/// <param name="TypeCost">The answer: how many objects it may hold.</param>
public readonly record struct OperationCost(double FieldCost, double TypeCost)
{
    /// <summary>Whether both are within the limits.</summary>
    internal bool IsWithin(CostLimits limits) => FieldCost <= limits.MaxFieldCost && TypeCost <= limits.MaxTypeCost;
}

/// <summary>What a caller wants to know of the price; every operation is priced, and held to the limits.</summary>
public enum CostMode
{
    /// <summary>Nothing: only a price above the limits is told.</summary>
    Enforce,

    /// <summary>The price, beside the answer, as <c>extensions.operationCost</c>.</summary>
    Report,

    /// <summary>The price alone; nothing is executed.</summary>
    Validate,
}
