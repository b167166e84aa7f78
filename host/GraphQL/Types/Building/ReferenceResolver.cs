using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>
/// Turns type names and default literals into types and values, adding built-in scalars where they are named.
/// </summary>
internal sealed class ReferenceResolver(Dictionary<string, TypeDefinition> types, SchemaErrors errors)
{
    private readonly Dictionary<string, IType?> references = new(StringComparer.Ordinal);
    private readonly List<ScalarType> usedScalars = [];

    /// <summary>The built-in scalars the schema names, in the order met.</summary>
    public IReadOnlyList<ScalarType> UsedScalars => usedScalars;

    public void Resolve(TypeDefinition type)
    {
        switch (type)
        {
            case TypeWithFields withFields:
                withFields.Interfaces = Named<InterfaceType>(withFields.InterfaceReferences, withFields, "implement");
                foreach (var field in withFields.Fields) Resolve(field, withFields);
                break;
            case UnionType union:
                union.Members = Named<ObjectType>(union.MemberReferences, union, "include");
                break;
            case InputObjectType input:
                foreach (var field in input.Fields) Resolve(field, $"{input.Name}.{field.Name}");
                break;
        }
    }

    public void Resolve(DirectiveDefinition directive)
    {
        foreach (var argument in directive.Arguments) Resolve(argument, $"@{directive.Name}({argument.Name}:)");
    }

    private void Resolve(FieldDefinition field, TypeWithFields type)
    {
        field.DeclaringType = type;
        if (Reference(field.TypeReference, field.Coordinate, field.Syntax?.Type) is { } resolved) field.Type = resolved;
        foreach (var argument in field.Arguments) Resolve(argument, $"{field.Coordinate}({argument.Name}:)");
    }

    private void Resolve(InputValueDefinition input, string coordinate)
    {
        input.Coordinate = coordinate;
        if (Reference(input.TypeReference, coordinate, input.Syntax?.Type) is { } resolved) input.Type = resolved;
        input.DefaultValue = input.Syntax?.DefaultValue;
        if (input.DefaultLiteral is not { } literal) return;

        try
        {
            input.DefaultValue = Parser.ParseValue(literal);
        }
        catch (SyntaxException fault)
        {
            errors.Add($"The default of \"{coordinate}\", {literal}, is no GraphQL value: {fault.Message}");
        }
    }

    private List<T> Named<T>(IReadOnlyList<string> names, TypeDefinition owner, string verb) where T : TypeDefinition
    {
        var found = new List<T>(names.Count);
        foreach (var name in names)
        {
            if (Find(name) is T type) found.Add(type);
            else if (owner.Syntax.Count == 0)
            {
                var needed = typeof(T) == typeof(ObjectType) ? "an object type" : "an interface";
                errors.Add($"Type \"{owner.Name}\" can only {verb} {needed}; this schema has no such \"{name}\".");
            }
        }

        return found;
    }

    private IType? Reference(string reference, string coordinate, TypeNode? syntax)
    {
        if (references.TryGetValue(reference, out var known) && known is not null) return known;

        try
        {
            var type = Build(syntax ?? Parser.ParseType(reference));
            if (type is null)
            {
                errors.Add($"\"{coordinate}\" has the unknown type \"{reference}\". Add the type.", syntax);
            }
            return references[reference] = type;
        }
        catch (SyntaxException fault)
        {
            errors.Add($"\"{coordinate}\" has the type \"{reference}\", which is no type reference: {fault.Message}");
            return null;
        }
    }

    private IType? Build(TypeNode syntax) => syntax switch
    {
        ListTypeNode list => Build(list.Type) is { } item ? new ListType(item) : null,
        NonNullTypeNode nonNull => Build(nonNull.Type) is { } inner ? new NonNullType(inner) : null,
        _ => Find(((NamedTypeNode)syntax).Name.Value),
    };

    private TypeDefinition? Find(string name)
    {
        if (types.TryGetValue(name, out var own)) return own;
        if (BuiltInScalars.ByName.TryGetValue(name, out var scalar))
        {
            types.Add(name, scalar);
            usedScalars.Add(scalar);
            return scalar;
        }

        return null;
    }
}
