using System.Text.Json;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>
/// Input coercion of JSON (specification 3.10 and 3.11). Collects every defect with the way to it, so that a client
/// can mark all wrong fields of a form at once.
/// </summary>
internal sealed class JsonCoercion
{
    private const int MaxDefects = 5;

    private readonly List<object> path = [];
    private readonly List<InputDefect> defects = [];

    /// <summary>What was wrong; empty when the value can be used.</summary>
    public IReadOnlyList<InputDefect> Defects => defects;

    public object? Coerce(JsonElement json, IType type)
    {
        if (type is NonNullType required)
        {
            if (json.ValueKind is not JsonValueKind.Null) return Coerce(json, required.OfType);
            return Defect($"Expected non-nullable type \"{type}\" not to be null.");
        }

        if (json.ValueKind is JsonValueKind.Null) return null;
        return type switch
        {
            ListType list => CoerceList(json, list),
            InputObjectType input => CoerceObject(json, input),
            EnumType enumType => Checked(enumType.CoerceInput(json)),
            ScalarType scalar => Checked(scalar.CoerceInput(json)),
            _ => throw new InvalidOperationException($"{type} is not an input type."),
        };
    }

    private object?[] CoerceList(JsonElement json, ListType list)
    {
        if (json.ValueKind is not JsonValueKind.Array) return [Coerce(json, list.OfType)];

        var items = new object?[json.GetArrayLength()];
        for (var i = 0; i < items.Length && defects.Count < MaxDefects; i++)
        {
            path.Add(i);
            items[i] = Coerce(json[i], list.OfType);
            path.RemoveAt(path.Count - 1);
        }

        return items;
    }

    private object? CoerceObject(JsonElement json, InputObjectType input)
    {
        if (json.ValueKind is not JsonValueKind.Object) return Defect($"Expected type \"{input}\" to be an object.");

        var before = defects.Count;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in input.Fields)
        {
            path.Add(field.Name);
            if (json.TryGetProperty(field.Name, out var given)) values[field.Name] = Coerce(given, field.Type);
            else if (!InputObjects.TryDefault(field, values))
            {
                path.RemoveAt(path.Count - 1);
                Defect($"Field \"{field.Name}\" of required type \"{field.Type}\" was not provided.");
                continue;
            }

            path.RemoveAt(path.Count - 1);
        }

        foreach (var property in json.EnumerateObject())
        {
            if (input.FindField(property.Name) is not null) continue;
            Defect($"Field \"{property.Name}\" is not defined by type \"{input}\".");
        }

        return defects.Count == before ? Checked(InputObjects.Finish(input, values)) : null;
    }

    private object? Checked(CoercionResult result) => result.IsOk ? result.Value : Defect(result.Error!);

    private object? Defect(string message)
    {
        if (defects.Count < MaxDefects) defects.Add(new InputDefect(message, [.. path]));
        return null;
    }
}

/// <summary>What is wrong with an input value, and where in it: names and list indexes.</summary>
internal sealed record InputDefect(string Message, IReadOnlyList<object> Path);
