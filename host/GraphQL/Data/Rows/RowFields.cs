using K12Hub.GraphQL.Planning;

namespace K12Hub.GraphQL.Data;

/// <summary>Which columns the fields of an object type read. Filled by generated code, once per type.</summary>
/// <typeparam name="T">The row.</typeparam>
public sealed class RowFields<T>
    where T : class
{
    private readonly Dictionary<string, ColumnSet> fields = [];

    /// <summary>Says which properties a field reads.</summary>
    /// <param name="field">The field's name in the schema.</param>
    /// <param name="properties">The row's properties; none for a field that reads the whole row.</param>
    /// <returns>The same map.</returns>
    public RowFields<T> Add(string field, params IReadOnlyList<string> properties)
    {
        fields.Add(field, RowColumns<T>.Set(properties));
        return this;
    }

    /// <summary>The field reads more than can be known at compile time: it needs every column.</summary>
    /// <param name="field">The field's name in the schema.</param>
    /// <returns>The same map.</returns>
    public RowFields<T> AddWhole(string field)
    {
        fields.Add(field, ColumnSet.All);
        return this;
    }

    /// <summary>The columns of what is selected below; below an abstract type all, since nothing is known
    /// there.</summary>
    internal ColumnSet Below(Selection selection)
    {
        var columns = RowColumns<T>.Always;
        foreach (var child in selection.Children)
        {
            if (fields.TryGetValue(child.FieldName, out var needed))
            {
                columns = columns.With(needed);
            }
        }

        return selection.Children.Count == 0 ? ColumnSet.All : columns;
    }
}
