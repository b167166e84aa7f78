using System.Text.Json;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Security;

/// <summary>Measures what is inside the input objects that come as variables, in one pass over the JSON and without
/// making anything of it.</summary>
internal sealed class VariablePrices
{
    private readonly (string Name, IType Type)[] inputs;

    public VariablePrices(Schema schema, OperationDefinitionNode operation) =>
        inputs =
        [
            .. operation.VariableDefinitions
                .Select(variable => (variable.Variable.Name.Value, Type: schema.ResolveType(variable.Type)!))
                .Where(variable => variable.Type.NamedType is InputObjectType),
        ];

    public int Count => inputs.Length;

    /// <summary>The place of a variable among those measured; -1 for one whose inside has no price.</summary>
    public int IndexOf(string variable) => Array.FindIndex(inputs, input => input.Name == variable);

    /// <summary>Fills in a price for each measured variable that the request gives.</summary>
    /// <param name="json">The variables as they came; coerced without fault before.</param>
    /// <param name="prices">As many as <see cref="Count"/>, all 0.</param>
    public void Measure(ReadOnlySpan<byte> json, Span<double> prices)
    {
        if (json.IsEmpty) return;

        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) return;

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var index = 0;
            while (index < inputs.Length && !reader.ValueTextEquals(inputs[index].Name)) index++;
            reader.Read();
            if (index < inputs.Length) prices[index] = Value(ref reader, 0, inputs[index].Type);
            else reader.Skip();
        }
    }

    private static double Value(ref Utf8JsonReader reader, double weight, IType type)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return 0;
            case JsonTokenType.StartArray:
                var item = type.Nullable is ListType { OfType: var inner } ? inner : type;
                var items = 0.0;
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                {
                    items += Value(ref reader, weight, item);
                }

                return items;
            case JsonTokenType.StartObject when type.NamedType is InputObjectType input:
                return weight + Fields(ref reader, input);
            default:
                reader.Skip();
                return weight;
        }
    }

    private static double Fields(ref Utf8JsonReader reader, InputObjectType type)
    {
        var price = 0.0;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var field = Find(ref reader, type);
            reader.Read();
            if (field is null) reader.Skip();
            else price += Value(ref reader, Weights.Of(field), field.Type);
        }

        return price;
    }

    private static InputValueDefinition? Find(ref Utf8JsonReader reader, InputObjectType type)
    {
        for (var i = 0; i < type.Fields.Count; i++)
        {
            if (reader.ValueTextEquals(type.Fields[i].Name)) return type.Fields[i];
        }

        return null;
    }
}
