using K12Hub.GraphQL.Types;
using K12Hub.Hosting;

namespace K12Hub.App.Tests.Policy;

/// <summary>Mutations of those who may use them for some of the district only, with objects beyond that.</summary>
internal sealed partial class MatrixRun
{
    private const string Written =
        """
        select (select count(*) from es.events)
             + (select count(*) from es.audit_records where kind = 'disclosure')
        """;

    /// <summary>Every mutation, with an object of every type that the role does not see: nothing is written.</summary>
    public async Task BeyondAsync(Role role)
    {
        foreach (var field in server.Schema.MutationType!.Fields.Where(TakesId))
        {
            var letter = table.Of(field.Coordinate, role);
            if (letter is not ('S' or 'T' or 'O')) continue;

            foreach (var type in Nodes)
            {
                foreach (var (what, one) in Targets(type.Name).Where(one => !Sees(letter, type.Name, one.One)))
                {
                    var before = await WrittenAsync();
                    await server.AskAsync(role.Name, $"mutation {{ f: {Asked(field, one.Id)} }}");
                    Cell(role, $"{field.Coordinate} with {type.Name} ({what})", false, await WrittenAsync() != before);
                }
            }
        }
    }

    private static bool TakesId(FieldDefinition field) => field.Arguments.Any(argument => TakesId(argument.Type));

    private static bool TakesId(IType type) => type.NamedType switch
    {
        InputObjectType input => input.Fields.Any(one => one.IsRequired && TakesId(one.Type)),
        { Name: "ID" } => true,
        _ => false,
    };

    private async Task<long> WrittenAsync() => (long)(await server.RowsAsync(Written))[0][0]!;
}
