using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// 5.6.1, 5.6.2 and 5.6.4: a literal has the type of its place. Input objects have known fields, all required ones, and
/// exactly one if they are OneOf. Variables are checked by <see cref="VariablesInAllowedPosition"/>.
/// </summary>
internal sealed class ValuesOfCorrectType(ValidationContext context) : Rule(context)
{
    public override void EnterValue(ValueNode value, IType? type)
    {
        if (type is not null) Check(value, type);
    }

    private void Check(ValueNode value, IType type)
    {
        if (value is VariableNode) return;
        if (value is NullValueNode)
        {
            if (type is NonNullType) Report($"Expected a value of type \"{type}\", found null.", value);
            return;
        }

        switch (type.Nullable)
        {
            case ListType list when value is ListValueNode values:
                foreach (var item in values.Values) Check(item, list.OfType);
                break;
            case ListType list: Check(value, list.OfType); break;
            case InputObjectType input when value is ObjectValueNode fields: Check(fields, input); break;
            case InputObjectType input: Report($"Expected an object of type \"{input}\".", value); break;
            case EnumType named: CheckLeaf(value, named.CoerceLiteral(value)); break;
            case ScalarType scalar when !LiteralJson.HasVariables(value):
                CheckLeaf(value, scalar.CoerceLiteral(value));
                break;
        }
    }

    private void Check(ObjectValueNode value, InputObjectType type)
    {
        foreach (var field in value.Fields)
        {
            if (type.FindField(field.Name.Value) is { } definition) Check(field.Value, definition.Type);
            else Report($"Field \"{field.Name.Value}\" is not defined by type \"{type}\".", field);
        }

        foreach (var required in type.Fields.Where(field => field.IsRequired))
        {
            if (value.Fields.Any(field => field.Name.Value == required.Name)) continue;
            Report($"Field \"{required}\" of required type \"{required.Type}\" is missing.", value);
        }

        if (type.IsOneOf) CheckOneOf(value, type);
    }

    private void CheckOneOf(ObjectValueNode value, InputObjectType type)
    {
        if (value.Fields.Length != 1) Report($"Exactly one field must be given for OneOf type \"{type}\".", value);
        else if (value.Fields[0].Value is NullValueNode)
        {
            Report($"The field of OneOf type \"{type}\" must not be null.", value);
        }
    }

    private void CheckLeaf(ValueNode value, CoercionResult result)
    {
        if (result.Error is { } error) Report(error, value);
    }
}
