using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Security;

/// <summary>What the arguments of one selected field cost, by the values that are really given: each weighs what its
/// definition says, a list as often as it has items. What was not given, and what the schema gives, is free.</summary>
internal sealed class InputPrice
{
    private readonly List<(double Weight, string Variable, int Input)> terms = [];
    private readonly double constant;

    /// <param name="field">The field.</param>
    /// <param name="node">Where it is selected.</param>
    /// <param name="inputs">The variables whose insides have a price, in the order they are measured in.</param>
    public InputPrice(FieldDefinition field, FieldNode node, VariablePrices inputs)
    {
        foreach (var argument in node.Arguments)
        {
            if (field.FindArgument(argument.Name.Value) is not { } definition) continue;
            constant += Price(argument.Value, Weights.Of(definition), definition.Type, inputs);
        }
    }

    public bool IsConstant => terms.Count == 0;

    public double Of(in PriceValues values)
    {
        var price = constant;
        for (var i = 0; i < terms.Count; i++)
        {
            var (weight, variable, input) = terms[i];
            if (!values.TryGet(variable, out var value) || value is null) continue;
            price += weight * PriceValues.Count(value);
            if (input >= 0) price += values.Inside(input);
        }

        return price;
    }

    private double Price(ValueNode value, double weight, IType type, VariablePrices inputs)
    {
        switch (value)
        {
            case NullValueNode:
                return 0;
            case VariableNode variable:
                var input = inputs.IndexOf(variable.Name.Value);
                if (weight > 0 || input >= 0) terms.Add((weight, variable.Name.Value, input));
                return 0;
            case ListValueNode list:
                var item = type.Nullable is ListType { OfType: var inner } ? inner : type;
                return list.Values.Sum(each => Price(each, weight, item, inputs));
            case ObjectValueNode { Fields: var fields } when type.NamedType is InputObjectType definition:
                return weight + fields.Sum(field => definition.FindField(field.Name.Value) is { } known
                    ? Price(field.Value, Weights.Of(known), known.Type, inputs)
                    : 0);
            default:
                return weight;
        }
    }
}
