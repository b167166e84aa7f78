namespace K12Hub.GraphQL.Planning;

/// <summary>The coerced arguments of one selection; an argument left out without default is not in here.</summary>
internal sealed class ArgumentValues(string[] names, object?[] values)
{
    public static readonly ArgumentValues None = new([], []);

    public bool TryGet(string name, out object? value)
    {
        var index = Array.IndexOf(names, name);
        value = index < 0 ? null : values[index];
        return index >= 0;
    }
}
