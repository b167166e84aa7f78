using K12Hub.GraphQL.Types;
using K12Hub.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.App.Tests.Policy;

/// <summary>Writes the table anew from what is declared, for somebody to read: with <c>K12HUB_APPROVE=1</c>. What the
/// difference says is then that person's word.</summary>
internal static class MatrixProposal
{
    private const string Head =
        """
        # Who may use which fields, how far: D the whole district, S the schools of the role, T its topics, O oneself
        # and one's own children, A figures that name nobody, - not at all. Fields of a line differ in nothing. How far
        # rows go that a field shows, tests/App.Tests/Policy/Owners.cs says in SQL.
        """;

    public static void Write(PolicyServer server)
    {
        var roles = server.Services.GetRequiredService<RoleCatalog>();
        var lines = MatrixTests.FieldsOf(server.Schema)
            .Select(field => (
                Type: field.DeclaringType!.Name, field.Name,
                Letters: Letters(roles, PolicyOf(server.Schema, field))))
            .GroupBy(field => (field.Type, IsRoot(field.Type) ? field.Name : "", field.Letters))
            .Select(group => $"{group.Key.Type},{string.Join(' ', group.Select(field => field.Name).Order())},"
                + group.Key.Letters)
            .Order(StringComparer.Ordinal);
        File.WriteAllLines(
            Path.Combine(Repository.Root, "tests", "App.Tests", "Policy", "matrix.csv"),
            [.. Head.Split('\n'), $"type,fields,{string.Join(',', Roles.All.Select(role => role.Name))}", .. lines]);
    }

    private static string Letters(RoleCatalog roles, string permission) =>
        string.Join(',', Roles.All.Select(role => Letter(roles.Of(role).GetValueOrDefault(permission))));

    // Fields of a type are behind the policy of the type, which those that lead to it ask; where it is the same as that
    // of the type they are in, they do not ask again.
    private static string PolicyOf(Schema schema, FieldDefinition field)
    {
        if (field.Policy is not null) return field.Policy;

        var type = field.DeclaringType!.Name;
        var leading = schema.Types.OfType<ObjectType>().SelectMany(other => other.Fields)
            .Where(other => other.DeclaringType != field.DeclaringType
                && (other.Type.NamedType.Name == type || other.Type.NamedType.Name == $"{type}Connection"))
            .ToLookup(other => MatrixTests.IsStructure(other.DeclaringType!));

        // What only a mutation gives is behind the policy of the mutation.
        var asked = leading[false].Any() ? leading[false] : leading[true];
        return asked.GroupBy(other => PolicyOf(schema, other)).MaxBy(group => group.Count())!.Key;
    }

    private static bool IsRoot(string type) => type is "Query" or "Mutation" or "Subscription";

    private static char Letter(ReachKind reach) => reach switch
    {
        ReachKind.District => 'D',
        ReachKind.Schools => 'S',
        ReachKind.Topics => 'T',
        ReachKind.Own => 'O',
        ReachKind.Aggregate => 'A',
        _ => '-',
    };
}
