namespace K12Hub.GraphQL.Types;

/// <summary>
/// Coerces the default values of a schema (3.6.1, 3.10). An input object's default may need the defaults of the input
/// object's own fields, so these are done first; when they need each other, there is no value to give.
/// </summary>
internal sealed class DefaultValues(SchemaErrors errors)
{
    private readonly HashSet<InputValueDefinition> done = [];
    private readonly List<InputValueDefinition> path = [];

    public static void Coerce(
        IEnumerable<TypeDefinition> types,
        IEnumerable<DirectiveDefinition> directives,
        SchemaErrors errors)
    {
        var defaults = new DefaultValues(errors);
        foreach (var directive in directives) defaults.Coerce(directive.Arguments);
        foreach (var type in types)
        {
            if (type is InputObjectType input) defaults.Coerce(input.Fields);
            else if (type is TypeWithFields withFields)
            {
                foreach (var field in withFields.Fields) defaults.Coerce(field.Arguments);
            }
        }
    }

    private void Coerce(IEnumerable<InputValueDefinition> inputs)
    {
        foreach (var input in inputs) Coerce(input);
    }

    private void Coerce(InputValueDefinition input)
    {
        if (input.DefaultValue is not { } literal || done.Contains(input) || !input.Type.IsInputType) return;

        var start = path.IndexOf(input);
        if (start >= 0)
        {
            var circle = path[start..];
            errors.Add(
                $"The defaults of {string.Join(", ", circle)} need each other. Remove one.",
                circle.Select(field => field.DefaultValue));
            return;
        }

        path.Add(input);
        foreach (var needed in DefaultReferences.Of(literal, input.Type)) Coerce(needed);
        path.RemoveAt(path.Count - 1);
        if (!done.Add(input)) return;

        var faults = new List<InputError>();
        input.CoercedDefault = LiteralCoercion.Coerce(literal, input.Type, null, faults);
        foreach (var fault in faults)
        {
            var place = fault.Location.IsKnown ? [fault.Location] : Array.Empty<Language.Location>();
            errors.Add(new SchemaError($"The default of \"{input}\" does not fit: {fault.Message}", place));
        }
    }
}
