using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>
/// Input coercion (3.5 to 3.12) of literals: arguments as they stand in a document, and default values. Variables
/// inside are replaced by their coerced values; the answer has the shapes <see cref="JsonCoercion"/> has.
/// </summary>
public static class LiteralCoercion
{
    private static readonly Dictionary<string, object?> NoVariables = [];

    /// <summary>Coerces a literal; faults go to the list, then the answer means nothing.</summary>
    /// <param name="literal">The literal.</param>
    /// <param name="type">The type it must have.</param>
    /// <param name="variables">Coerced variables by name; a variable that is not there is absent, not null.</param>
    /// <param name="errors">Where faults go.</param>
    public static object? Coerce(
        ValueNode literal,
        IType type,
        IReadOnlyDictionary<string, object?>? variables,
        List<InputError> errors) =>
        new Walk(variables ?? NoVariables, errors).Coerce(literal, type, null);

    private readonly struct Walk(IReadOnlyDictionary<string, object?> variables, List<InputError> errors)
    {
        public object? Coerce(ValueNode literal, IType type, InputPath? path)
        {
            if (literal is VariableNode variable) return Variable(variable, type, path);
            if (type is NonNullType nonNull)
            {
                return literal is NullValueNode
                    ? Fail(literal, path, $"Expected a value of type \"{type}\", found null.")
                    : Coerce(literal, nonNull.OfType, path);
            }

            if (literal is NullValueNode) return null;

            return type switch
            {
                ListType list => List(literal, list, path),
                InputObjectType input => Object(literal, input, path),
                EnumType named => Leaf(literal, named.CoerceLiteral(literal), path),
                ScalarType scalar => Scalar(literal, scalar, path),
                _ => Fail(literal, path, $"\"{type}\" is no input type."),
            };
        }

        // A variable was coerced to its own type already; validation has proved that it may stand here.
        private object? Variable(VariableNode variable, IType type, InputPath? path)
        {
            variables.TryGetValue(variable.Name.Value, out var value);
            return value is null && type is NonNullType
                ? Fail(variable, path, $"Variable \"${variable.Name.Value}\" must not be null here.")
                : value;
        }

        private object?[] List(ValueNode literal, ListType list, InputPath? path)
        {
            // A single value stands for a list of one (3.11).
            if (literal is not ListValueNode { Values: var values }) return [Coerce(literal, list.OfType, path)];

            var items = new object?[values.Length];
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = Coerce(values[i], list.OfType, new InputPath(path, i));
            }

            return items;
        }

        private object? Object(ValueNode literal, InputObjectType type, InputPath? path)
        {
            if (literal is not ObjectValueNode given)
            {
                return Fail(literal, path, $"Expected \"{type.Name}\" to be an object.");
            }

            var before = errors.Count;
            foreach (var field in given.Fields)
            {
                if (type.FindField(field.Name.Value) is not null) continue;
                Fail(field, path, $"Field \"{field.Name.Value}\" is not defined by type \"{type.Name}\".");
            }

            var fields = new Dictionary<string, object?>(type.Fields.Count, StringComparer.Ordinal);
            foreach (var field in type.Fields) Field(given, type, field, fields, path);
            if (type.IsOneOf) CheckOneOf(given, type, path);
            return errors.Count == before && type.Construct is { } construct ? construct(fields) : fields;
        }

        private void Field(
            ObjectValueNode given,
            InputObjectType type,
            InputValueDefinition field,
            Dictionary<string, object?> fields,
            InputPath? path)
        {
            if (Find(given, field.Name) is { } found && !IsAbsent(found.Value))
            {
                fields[field.Name] = Coerce(found.Value, field.Type, new InputPath(path, field.Name));
            }
            else if (field.DefaultValue is not null)
            {
                fields[field.Name] = field.CoercedDefault;
            }
            else if (field.Type is NonNullType)
            {
                Fail(given, path, $"Field \"{type.Name}.{field.Name}\" of required type \"{field.Type}\" is missing.");
            }
        }

        private void CheckOneOf(ObjectValueNode given, InputObjectType type, InputPath? path)
        {
            // A field nobody knows is its own fault and does not count.
            var known = given.Fields.Where(field => type.FindField(field.Name.Value) is not null).ToList();
            if (known.Count != 1)
            {
                Fail(given, path, $"Exactly one field must be given for OneOf type \"{type.Name}\".");
                return;
            }

            var (name, value) = (known[0].Name.Value, known[0].Value);
            var isNull = value is NullValueNode
                || (value is VariableNode variable && variables.GetValueOrDefault(variable.Name.Value) is null);
            if (isNull) Fail(given, new InputPath(path, name), $"Field \"{name}\" must not be null.");
        }

        private object? Scalar(ValueNode literal, ScalarType scalar, InputPath? path)
        {
            var given = variables;
            return literal is ListValueNode or ObjectValueNode && LiteralJson.HasVariables(literal)
                ? Leaf(literal, scalar.CoerceInput(LiteralJson.ToElement(literal, given)), path)
                : Leaf(literal, scalar.CoerceLiteral(literal), path);
        }

        private object? Leaf(ValueNode literal, CoercionResult result, InputPath? path) =>
            result.Error is { } error ? Fail(literal, path, error) : result.Value;

        private bool IsAbsent(ValueNode value) =>
            value is VariableNode variable && !variables.ContainsKey(variable.Name.Value);

        private static ObjectFieldNode? Find(ObjectValueNode given, string name)
        {
            foreach (var field in given.Fields)
            {
                if (field.Name.Value == name) return field;
            }

            return null;
        }

        private object? Fail(SyntaxNode node, InputPath? path, string message)
        {
            errors.Add(new InputError(message, InputPath.ToList(path), node.Location));
            return null;
        }
    }
}
