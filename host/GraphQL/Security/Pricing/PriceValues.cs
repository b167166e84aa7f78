using K12Hub.GraphQL.Planning;

namespace K12Hub.GraphQL.Security;

/// <summary>What a request brings to a price: its coerced variables, and the weight of those that are input
/// objects.</summary>
internal readonly ref struct PriceValues(IReadOnlyDictionary<string, object?> variables, ReadOnlySpan<double> inputs)
{
    private readonly IReadOnlyDictionary<string, object?> variables = variables;
    private readonly ReadOnlySpan<double> inputs = inputs;

    /// <summary>For prices that no variable changes.</summary>
    public static PriceValues None => new(VariableCoercer.None, []);

    /// <summary>The coerced value; false when the request leaves it out.</summary>
    public bool TryGet(string variable, out object? value) => variables.TryGetValue(variable, out value);

    /// <summary>What is inside an input object given as variable.</summary>
    public double Inside(int input) => inputs[input];

    /// <summary>How many values a coerced value is: none, one, or the items of a list.</summary>
    public static int Count(object? value) => value switch
    {
        null => 0,
        object?[] items => items.Length,
        _ => 1,
    };
}
