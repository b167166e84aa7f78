using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>Input coercion of literals, which may hold variables (specification 3.10 and 3.11).</summary>
internal static class LiteralCoercion
{
    /// <param name="literal">What the document says.</param>
    /// <param name="type">What is expected.</param>
    /// <param name="variables">The request's variables; their values are coerced already.</param>
    public static CoercionResult Coerce(ValueNode literal, IType type, VariableValues variables)
    {
        if (literal is VariableNode variable)
        {
            variables.TryGet(variable.Name.Value, out var value);
            return value is null && type is NonNullType ? NotNull(type) : CoercionResult.Ok(value);
        }

        return type switch
        {
            NonNullType required when literal is NullValueNode => NotNull(required),
            NonNullType required => Coerce(literal, required.OfType, variables),
            _ when literal is NullValueNode => CoercionResult.Ok(null),
            ListType list => CoerceList(literal, list, variables),
            InputObjectType input => CoerceObject(literal, input, variables),
            EnumType enumType => enumType.CoerceLiteral(literal),
            ScalarType scalar => scalar.CoerceLiteral(literal),
            _ => throw new InvalidOperationException($"{type} is not an input type."),
        };
    }

    /// <summary>True when a literal holds no variable, so that its value is the same for every request.</summary>
    public static bool IsConstant(ValueNode literal) => literal switch
    {
        VariableNode => false,
        ListValueNode list => list.Values.All(IsConstant),
        ObjectValueNode fields => fields.Fields.All(field => IsConstant(field.Value)),
        _ => true,
    };

    private static CoercionResult CoerceList(ValueNode literal, ListType list, VariableValues variables)
    {
        if (literal is not ListValueNode { Values: var nodes })
        {
            var single = Coerce(literal, list.OfType, variables);
            return single.IsOk ? CoercionResult.Ok(new[] { single.Value }) : single;
        }

        var items = new object?[nodes.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var item = Coerce(nodes[i], list.OfType, variables);
            if (!item.IsOk) return item;
            items[i] = item.Value;
        }

        return CoercionResult.Ok(items);
    }

    private static CoercionResult CoerceObject(ValueNode literal, InputObjectType input, VariableValues variables)
    {
        if (literal is not ObjectValueNode { Fields: var nodes })
        {
            return CoercionResult.Fail($"Expected value of type \"{input}\" to be an object.");
        }

        var unknown = nodes.FirstOrDefault(node => input.FindField(node.Name.Value) is null);
        if (unknown is not null)
        {
            return CoercionResult.Fail($"Field \"{unknown.Name.Value}\" is not defined by type \"{input}\".");
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in input.Fields)
        {
            var node = nodes.FirstOrDefault(node => node.Name.Value == field.Name)?.Value;
            var isAbsent = node is null
                || (node is VariableNode variable && !variables.TryGet(variable.Name.Value, out _));
            var value = isAbsent ? Absent(field, values) : Coerce(node!, field.Type, variables);
            if (!value.IsOk) return value;
            if (!isAbsent) values[field.Name] = value.Value;
        }

        return InputObjects.Finish(input, values);
    }

    private static CoercionResult Absent(InputValueDefinition field, Dictionary<string, object?> values) =>
        InputObjects.TryDefault(field, values)
            ? CoercionResult.Ok(null)
            : CoercionResult.Fail($"Field \"{field.Name}\" of required type \"{field.Type}\" was not provided.");

    private static CoercionResult NotNull(IType type) =>
        CoercionResult.Fail($"Expected value of non-null type \"{type}\" not to be null.");
}
