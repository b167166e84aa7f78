using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Data;

/// <summary>Makes the input types of <c>where</c> and <c>order</c>. Called by generated code.</summary>
public static class RowInputs
{
    /// <summary>Adds <c>XFilterInput</c> and the comparison types it uses.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="schema">Where to.</param>
    /// <param name="name">The type's name.</param>
    /// <param name="fields">The filterable properties.</param>
    public static void AddFilter<T>(SchemaBuilder schema, string name, params IReadOnlyList<FilterField> fields)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(fields);
        if (schema.HasType(name))
        {
            return;
        }

        var known = fields.ToDictionary(field => field.Name);
        foreach (var field in fields)
        {
            AddOperations(schema, field);
        }

        schema.AddType(new InputObjectType(name)
        {
            Description = "What the rows must fulfil; all given conditions together.",
            Construct = input => new Filter<T>(input, known),
            Fields =
            [
                new InputValueDefinition("and", $"[{name}!]") { Description = "All of these." },
                new InputValueDefinition("or", $"[{name}!]") { Description = "At least one of these." },
                .. fields.Select(field => new InputValueDefinition(field.Name, Operations(field))
                {
                    Description = field.Description,
                }),
            ],
        });
    }

    /// <summary>Adds <c>XSortInput</c>: each item of <c>order</c> names one property.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="schema">Where to.</param>
    /// <param name="name">The type's name.</param>
    /// <param name="fields">The sortable properties: the name in the schema, the row's property, its meaning.</param>
    public static void AddSort<T>(
        SchemaBuilder schema, string name,
        params IReadOnlyList<(string Name, string Property, string? Description)> fields)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(fields);
        if (schema.HasType(name))
        {
            return;
        }

        AddDirections(schema);
        var columns = fields.ToDictionary(field => field.Name, field => RowColumns<T>.Of(field.Property));
        schema.AddType(new InputObjectType(name)
        {
            Description = "One property to order by; the items of the list apply one after the other.",
            IsOneOf = true,
            Construct = input => Choose(input, columns),
            Fields =
            [
                .. fields.Select(field => new InputValueDefinition(field.Name, "SortEnumType")
                {
                    Description = field.Description,
                }),
            ],
        });
    }

    private static SortChoice<T> Choose<T>(
        IReadOnlyDictionary<string, object?> input, Dictionary<string, RowColumn<T>> columns)
        where T : class
    {
        var (name, direction) = input.First();
        return new SortChoice<T>(new SortKey<T>(columns[name], direction is SortDirection.Descending));
    }

    private static string Operations(FilterField field) => field.GraphQLType switch
    {
        "ID" => "IdOperationFilterInput",
        "UUID" => "UuidOperationFilterInput",
        "URI" => "UriOperationFilterInput",
        var type => $"{type}OperationFilterInput",
    };

    private static void AddOperations(SchemaBuilder schema, FilterField field)
    {
        var name = Operations(field);
        if (schema.HasType(name))
        {
            return;
        }

        schema.AddType(new InputObjectType(name)
        {
            Description = $"Comparisons with {field.GraphQLType} values; all given ones together.",
            Fields =
            [
                .. FilterOperation.Of(field.GraphQLType, field.IsEnum).Select(operation => new InputValueDefinition(
                    operation,
                    FilterOperation.Lists.Contains(operation) ? $"[{field.GraphQLType}!]" : field.GraphQLType)
                {
                    Description = FilterOperation.Meaning(operation),
                    Cost = FilterOperation.Scans.Contains(operation) ? Weights.OwnQuery : null,
                }),
            ],
        });
    }

    private static void AddDirections(SchemaBuilder schema)
    {
        if (schema.HasType("SortEnumType"))
        {
            return;
        }

        schema.AddType(new EnumType("SortEnumType")
        {
            Description = "Up or down.",
            Values =
            [
                new EnumValueDefinition("ASC")
                {
                    Value = SortDirection.Ascending,
                    Description = "Smallest first, missing values last.",
                },
                new EnumValueDefinition("DESC")
                {
                    Value = SortDirection.Descending,
                    Description = "Largest first, missing values first.",
                },
            ],
        });
    }
}

/// <summary>The two values of <c>SortEnumType</c>.</summary>
internal enum SortDirection
{
    Ascending,
    Descending,
}

/// <summary>A coerced item of <c>order</c>.</summary>
internal sealed record SortChoice<T>(SortKey<T> Key)
    where T : class;
