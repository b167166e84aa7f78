using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>Which other defaults a literal draws in: those of input fields it leaves out, at any depth.</summary>
internal static class DefaultReferences
{
    public static IEnumerable<InputValueDefinition> Of(ValueNode literal, IType type)
    {
        switch (type.Nullable, literal)
        {
            case (ListType list, ListValueNode values):
                foreach (var found in values.Values.SelectMany(item => Of(item, list.OfType))) yield return found;
                break;
            case (ListType list, _):
                foreach (var found in Of(literal, list.OfType)) yield return found;
                break;
            case (InputObjectType input, ObjectValueNode given):
                foreach (var found in input.Fields.SelectMany(field => Of(given, field))) yield return found;
                break;
        }
    }

    private static IEnumerable<InputValueDefinition> Of(ObjectValueNode given, InputValueDefinition field)
    {
        var value = given.Fields.FirstOrDefault(candidate => candidate.Name.Value == field.Name)?.Value;
        if (value is not null) return Of(value, field.Type);

        return field.DefaultValue is null ? [] : [field];
    }
}
