namespace K12Hub.GraphQL.Planning;

/// <summary>The coerced variables of one request. A variable neither given nor defaulted is not in here.</summary>
internal sealed class VariableValues
{
    public static readonly VariableValues None = new([]);

    private readonly Dictionary<string, object?> values;

    public VariableValues(Dictionary<string, object?> values) => this.values = values;

    public bool TryGet(string name, out object? value) => values.TryGetValue(name, out value);
}
