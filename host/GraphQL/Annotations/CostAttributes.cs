namespace K12Hub.GraphQL;

/// <summary>What the element costs in the price of an operation, where the default does not fit; see Cost in the
/// library's README. On the class of an object type: what one object weighs.</summary>
/// <param name="weight">0 or more. A field that asks another system itself is 10 unless told otherwise, one that comes
/// from a loader or is an object is 1, a scalar 0.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Parameter
    | AttributeTargets.Property)]
public sealed class CostAttribute(double weight) : Attribute
{
    /// <summary>The weight.</summary>
    public double Weight { get; } = weight;
}

/// <summary>How many values a list field gives, so that what is selected below can be priced. Connections have theirs
/// without being told.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class ListSizeAttribute : Attribute
{
    /// <summary>Values to expect when no slicing argument says it; 0 for the server's assumption.</summary>
    public int AssumedSize { get; init; }

    /// <summary>Arguments that bound the number of values: an Int by its value, a list by its length.</summary>
    public string[] SlicingArguments { get; init; } = [];

    /// <summary>Values when no slicing argument is given; 0 for <see cref="AssumedSize"/>.</summary>
    public int SlicingArgumentDefaultValue { get; init; }

    /// <summary>Fields of the returned object that hold the values, where the field itself is no list.</summary>
    public string[] SizedFields { get; init; } = [];

    /// <summary>Whether a client has to give exactly one of the slicing arguments.</summary>
    public bool RequireOneSlicingArgument { get; init; } = true;
}
