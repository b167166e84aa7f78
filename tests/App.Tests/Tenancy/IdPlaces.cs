using K12Hub.GraphQL.Types;

namespace K12Hub.App.Tests.Tenancy;

/// <summary>A place of the schema that takes an id, with a document that has one there.</summary>
/// <param name="Name">Where: <c>Query.enrollments(where.classId.eq)</c>.</param>
/// <param name="Negates">Whether it asks for all but that.</param>
/// <param name="Document">The document around the id.</param>
internal sealed record IdPlace(string Name, bool Negates, Func<string, string> Document);

/// <summary>Finds every place of a schema that takes an id, however deep in its inputs, so that whoever adds a field
/// has added it here too.</summary>
internal static class IdPlaces
{
    private const int DeepestAnswer = 3;

    // So many of a list are enough to lead to some of everything, and all that is known of each is not too much to ask.
    private const int Few = 6;

    // Of a list, so many are enough to see a difference.
    private const int Some = 5;

    /// <summary>All of them, in queries and mutations.</summary>
    public static IEnumerable<IdPlace> Of(Schema schema) =>
        from root in new[] { ("query", schema.QueryType), ("mutation", schema.MutationType) }
        where root.Item2 is not null
        from field in root.Item2.Fields
        from argument in field.Arguments
        from value in Values(argument.Type, [])
        select new IdPlace(
            $"{field.Coordinate}({string.Join('.', [argument.Name, .. value.Path])})",
            value.Path is [.., "neq" or "nin"],
            id => $"{root.Item1} {{ {field.Name}({Arguments(field, argument, value.Literal(id))}) "
                + $"{Selection(field.Type.NamedType, DeepestAnswer)} }}");

    /// <summary>A query for the ids of a root field's objects and of those they lead to; null where it gives
    /// none.</summary>
    public static string? Listing(FieldDefinition field) =>
        field.Arguments.Any(argument => argument.IsRequired) || field.Type.NamedType.IsLeaf
            ? null
            : $"{{ {field.Name}{(field.FindArgument("first") is null ? "" : $"(first: {Few})")} "
                + $"{Selection(field.Type.NamedType, DeepestAnswer)} }}";

    /// <summary>The ways to put an id into a value of a type.</summary>
    private static IEnumerable<(string[] Path, Func<string, string> Literal)> Values(IType type, string[] inside)
    {
        if (type is NonNullType required) return Values(required.OfType, inside);
        if (type is ListType list)
        {
            return Values(list.OfType, inside).Select(item =>
                (item.Path, (Func<string, string>)(id => $"[{item.Literal(id)}]")));
        }

        return type switch
        {
            ScalarType { Name: "ID" or "UUID" } => [([], id => $"\"{id}\"")],
            InputObjectType input when !inside.Contains(input.Name) => ValuesOf(input, [.. inside, input.Name]),
            _ => [],
        };
    }

    private static IEnumerable<(string[] Path, Func<string, string> Literal)> ValuesOf(
        InputObjectType input, string[] inside) =>
        from field in input.Fields
        from value in Values(field.Type, inside)
        select ((string[])[field.Name, .. value.Path], (Func<string, string>)(id =>
            $"{{{field.Name}: {value.Literal(id)}{Others(input, field)}}}"));

    private static string Others(InputObjectType input, InputValueDefinition but) => string.Concat(input.Fields
        .Where(field => field != but && field.IsRequired)
        .Select(field => $", {field.Name}: {Any(field.Type)}"));

    private static string Arguments(FieldDefinition field, InputValueDefinition with, string literal)
    {
        var first = field.FindArgument("first") is null ? "" : $", first: {Some}";
        return $"{with.Name}: {literal}{first}" + string.Concat(field.Arguments
            .Where(argument => argument != with && argument.IsRequired)
            .Select(argument => $", {argument.Name}: {Any(argument.Type)}"));
    }

    /// <summary>Some value of a type, where one is needed to ask at all.</summary>
    private static string Any(IType type) => type switch
    {
        NonNullType required => Any(required.OfType),
        ListType => "[]",
        EnumType choice => choice.Values[0].Name,
        InputObjectType input => $"{{{string.Join(", ", input.Fields
            .Where(field => field.IsRequired).Select(field => $"{field.Name}: {Any(field.Type)}"))}}}",
        { NamedType.Name: "Int" or "Long" or "Float" } => "1",
        { NamedType.Name: "Boolean" } => "true",
        { NamedType.Name: "UUID" } => "\"00000000-0000-4000-8000-000000000001\"",
        { NamedType.Name: "DateTime" } => "\"2027-01-04T08:00:00Z\"",
        { NamedType.Name: "LocalDate" } => "\"2027-01-04\"",
        _ => "\"x\"",
    };

    /// <summary>What of an answer could tell whose it is.</summary>
    private static string Selection(TypeDefinition type, int depth)
    {
        if (type.IsLeaf) return "";
        if (type is not TypeWithFields { Fields: var fields } || depth == 0) return "{ __typename }";

        var parts = fields
            .Where(field => !field.Arguments.Any() && (field.Type.NamedType.IsLeaf || IsWorthIt(field)))
            .Select(field => $"{field.Name} {Selection(field.Type.NamedType, depth - 1)}");
        return $"{{ __typename {string.Join(' ', parts)} }}";
    }

    // Entries of a page, what a mutation gave, and where objects with ids lead; not the same entries a second time.
    private static bool IsWorthIt(FieldDefinition field) => field.Name is not "edges";
}
