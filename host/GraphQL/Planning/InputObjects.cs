using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>What coercing an input object from a literal and from JSON have in common (specification 3.10).</summary>
internal static class InputObjects
{
    /// <summary>Adds the default of a field that was left out. False when the field is required.</summary>
    public static bool TryDefault(InputValueDefinition field, Dictionary<string, object?> values)
    {
        if (field.IsRequired) return false;
        if (field.DefaultValue is not null) values[field.Name] = field.CoercedDefault;
        return true;
    }

    /// <summary>Checks OneOf and makes the CLR object.</summary>
    public static CoercionResult Finish(InputObjectType input, Dictionary<string, object?> values)
    {
        if (input.IsOneOf)
        {
            if (values.Count != 1)
            {
                return CoercionResult.Fail($"Exactly one field must be given for OneOf type \"{input}\".");
            }

            if (values.First() is { Value: null, Key: var name })
            {
                return CoercionResult.Fail($"Field \"{name}\" of OneOf type \"{input}\" must not be null.");
            }
        }

        return CoercionResult.Ok(input.Construct is null ? values : input.Construct(values));
    }
}
