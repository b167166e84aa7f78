using System.Text.Json;

namespace K12Hub.GraphQL.Types;

/// <summary>
/// Input coercion (3.5 to 3.12) of JSON: variables as they come with a request. Lists become arrays, input objects
/// dictionaries in the order of their definition, or what <see cref="InputObjectType.Construct"/> makes of them.
/// </summary>
public static class JsonCoercion
{
    /// <summary>Coerces a value; faults go to the list, then the answer means nothing.</summary>
    public static object? Coerce(JsonElement value, IType type, List<InputError> errors) =>
        Coerce(value, type, null, new Input(errors, null));

    /// <summary>Coerces a value that may stand for files which came beside it.</summary>
    internal static object? Coerce(
        JsonElement value, IType type, List<InputError> errors, IReadOnlyDictionary<string, IFile>? files) =>
        Coerce(value, type, null, new Input(errors, files));

    private static object? Coerce(JsonElement value, IType type, InputPath? path, Input input)
    {
        if (type is NonNullType nonNull)
        {
            return IsNull(value)
                ? Fail(input, path, $"Expected a value of type \"{type}\", found null.")
                : Coerce(value, nonNull.OfType, path, input);
        }

        if (IsNull(value)) return null;

        return type switch
        {
            ListType list => List(value, list, path, input),
            InputObjectType named => Object(value, named, path, input),
            EnumType named => Leaf(named.CoerceInput(value), path, input),
            UploadScalar => Leaf(UploadScalar.Coerce(value, input.Files), path, input),
            ScalarType scalar => Leaf(scalar.CoerceInput(value), path, input),
            _ => Fail(input, path, $"\"{type}\" is no input type."),
        };
    }

    private static object?[] List(JsonElement value, ListType list, InputPath? path, Input input)
    {
        // A single value stands for a list of one (3.11).
        if (value.ValueKind is not JsonValueKind.Array) return [Coerce(value, list.OfType, path, input)];

        var items = new object?[value.GetArrayLength()];
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            items[index] = Coerce(item, list.OfType, new InputPath(path, index), input);
            index++;
        }

        return items;
    }

    private static object? Object(JsonElement value, InputObjectType type, InputPath? path, Input input)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            return Fail(input, path, $"Expected \"{type.Name}\" to be an object.");
        }

        var before = input.Errors.Count;
        foreach (var property in value.EnumerateObject())
        {
            if (type.FindField(property.Name) is null)
            {
                Fail(input, path, $"Field \"{property.Name}\" is not defined by type \"{type.Name}\".");
            }
        }

        var fields = new Dictionary<string, object?>(type.Fields.Count, StringComparer.Ordinal);
        foreach (var field in type.Fields)
        {
            if (value.TryGetProperty(field.Name, out var given))
            {
                fields[field.Name] = Coerce(given, field.Type, new InputPath(path, field.Name), input);
            }
            else if (field.DefaultValue is not null)
            {
                fields[field.Name] = field.CoercedDefault;
            }
            else if (field.Type is NonNullType)
            {
                Fail(input, path, $"Field \"{type.Name}.{field.Name}\" of required type \"{field.Type}\" is missing.");
            }
        }

        if (type.IsOneOf) CheckOneOf(value, type, path, input);
        return input.Errors.Count == before && type.Construct is { } construct ? construct(fields) : fields;
    }

    private static void CheckOneOf(JsonElement value, InputObjectType type, InputPath? path, Input input)
    {
        // A field nobody knows is its own fault and does not count.
        var keys = value.EnumerateObject().Where(property => type.FindField(property.Name) is not null).ToList();
        if (keys.Count != 1)
        {
            Fail(input, path, $"Exactly one field must be given for OneOf type \"{type.Name}\".");
        }

        if (keys.Count > 0 && IsNull(keys[0].Value))
        {
            Fail(input, new InputPath(path, keys[0].Name), $"Field \"{keys[0].Name}\" must not be null.");
        }
    }

    private static object? Leaf(CoercionResult result, InputPath? path, Input input) =>
        result.Error is { } error ? Fail(input, path, error) : result.Value;

    private static bool IsNull(JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    private static object? Fail(Input input, InputPath? path, string message)
    {
        input.Errors.Add(new InputError(message, InputPath.ToList(path)));
        return null;
    }

    // What all of one value's coercion shares.
    private readonly record struct Input(List<InputError> Errors, IReadOnlyDictionary<string, IFile>? Files);
}
