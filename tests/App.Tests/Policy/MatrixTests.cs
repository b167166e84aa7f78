using K12Hub.GraphQL.Types;
using K12Hub.Hosting;

namespace K12Hub.App.Tests.Policy;

/// <summary>Who reaches what: every role, every field, list, count, filter, order, id, mutation and file, with what is
/// one's own, of one's school, of another school and of another district with the same ids. matrix.csv says what
/// is right; a new field or mutation has no line there and fails.</summary>
public sealed class MatrixTests
{
    private const int FewestCells = 3_000;

    private static readonly string[] Endings = ["Connection", "Edge", "Payload"];

    [Fact]
    public async Task Every_role_reaches_what_the_table_says_and_nothing_else()
    {
        await using var server = await PolicyServer.StartAsync();
        var fields = FieldsOf(server.Schema).Select(field => field.Coordinate).Order(StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable("K12HUB_APPROVE") == "1") MatrixProposal.Write(server);
        var table = MatrixTable.Read();
        Assert.Equal(fields, table.Fields.Order(StringComparer.Ordinal));

        var run = new MatrixRun(server, table);
        await run.PrepareAsync();
        foreach (var role in Roles.All)
        {
            await run.NodesAsync(role);
            await run.ListsAsync(role);
            await run.FieldsAsync(role);
            await run.RoutesAsync(role);
            await run.SubscriptionsAsync(role);
            await run.BeyondAsync(role);
        }

        // The one who may comes last: she changes what others are asked about.
        foreach (var role in Roles.All.Reverse()) await run.MutationsAsync(role);

        TestContext.Current.SendDiagnosticMessage($"{run.Cells} cells");
        Assert.True(run.Unexpected.Count == 0, string.Join('\n', run.Unexpected.Take(40))
            + $"\n{run.Unexpected.Count} of {run.Cells}");
        Assert.True(run.Cells >= FewestCells, $"{run.Cells} cells");
    }

    /// <summary>What of a schema shows or does something.</summary>
    internal static IEnumerable<FieldDefinition> FieldsOf(Schema schema) => schema.Types.OfType<ObjectType>()
        .Where(type => !IsStructure(type)).SelectMany(type => type.Fields)
        .Where(field => field.Coordinate is not ("Query.node" or "Query.nodes"));

    /// <summary>What only holds together what has a line in the table: pages, payloads, refusals, and the schema as it
    /// describes itself.</summary>
    internal static bool IsStructure(TypeDefinition type) =>
        type.Name is "PageInfo" or "MutationError" or "ConflictError" or "ConflictingChange"
        || type.Name.StartsWith("__", StringComparison.Ordinal)
        || Endings.Any(ending => type.Name.EndsWith(ending, StringComparison.Ordinal));
}
