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
            case ScalarType scalar: CheckLeaf(value, scalar.CoerceLiteral(value)); break;
        }
    }

    private void Check(ObjectValueNode value, InputObjectType type)
    {
        var known = value.Fields.Where(field => type.FindField(field.Name.Value) is not null).ToList();
        foreach (var field in value.Fields.Except(known))
        {
            Report($"Field \"{field.Name.Value}\" is not defined by type \"{type}\".", field);
        }

        foreach (var definition in type.Fields)
        {
            // Of two fields with one name the last counts; that there are two is another rule's fault.
            if (known.FindLast(field => field.Name.Value == definition.Name) is { } given)
            {
                Check(given.Value, definition.Type);
            }
            else if (definition.IsRequired)
            {
                Report($"Field \"{definition}\" of required type \"{definition.Type}\" is missing.", value);
            }
        }

        if (type.IsOneOf) CheckOneOf(value, known, type);
    }

    private void CheckOneOf(ObjectValueNode value, List<ObjectFieldNode> given, InputObjectType type)
    {
        if (given is not [var only])
        {
            Report($"Exactly one field must be given for OneOf type \"{type}\".", value);
        }
        else if (only.Value is NullValueNode)
        {
            Report($"The field of OneOf type \"{type}\" must not be null.", value);
        }
    }

    private void CheckLeaf(ValueNode value, CoercionResult result)
    {
        if (result.Error is { } error) Report(error, value);
    }
}
