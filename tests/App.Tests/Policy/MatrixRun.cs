using System.Text.Json.Nodes;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Types;
using K12Hub.Hosting;

namespace K12Hub.App.Tests.Policy;

/// <summary>Asks everything of the schema as everybody and compares with the table. A cell is a role, a thing to do and
/// whose it is done with.</summary>
internal sealed partial class MatrixRun(PolicyServer server, MatrixTable table)
{
    private const int MostAliases = 20;

    private readonly Dictionary<string, List<Owned>> owned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> elsewhere = new(StringComparer.Ordinal);

    public int Cells { get; private set; }

    public List<string> Unexpected { get; } = [];

    private IEnumerable<ObjectType> Nodes => server.Schema.Types.OfType<ObjectType>()
        .Where(type => type.Interfaces.Any(i => i.Name == "Node"));

    /// <summary>Reads whose everything is, and leaves of each type one that only the other district has.</summary>
    public async Task PrepareAsync()
    {
        foreach (var (type, (sql, from)) in Owners.Of)
        {
            var there = await server.RowsAsync($"select id from {from} tenant_id = 1 order by id desc limit 2");
            var (gone, rows) = (there[0][0]!, from.Split(' ')[0]);
            if (there.Count > 1)
            {
                await server.ExecuteAsync($"delete from {rows} where tenant_id = 1 and id = '{gone}'");
            }
            else
            {
                // There is one only: the other district gets a second.
                gone = (await server.RowsAsync(
                    $"""
                    insert into {rows} select (jsonb_populate_record(x, jsonb_build_object('id', gen_random_uuid()))).*
                      from {rows} x where tenant_id = 2 returning id
                    """))[0][0]!;
            }

            elsewhere[type] = NodeId.Encode(type, gone)!;
        }

        foreach (var (type, (sql, _)) in Owners.Of)
        {
            owned[type] =
            [
                .. (await server.RowsAsync(sql)).OrderBy(row => row[0]!.ToString(), StringComparer.Ordinal)
                    .Select(row => new Owned(NodeId.Encode(type, row[0]!)!, (Guid[])row[1]!, (Guid[])row[2]!)),
            ];
        }
    }

    /// <summary>One object by its id: own, of one's school, of another school, and of the other district.</summary>
    public async Task NodesAsync(Role role)
    {
        var asked = new List<(string Type, string What, string Id, bool Seen)>();
        foreach (var type in Nodes)
        {
            var letter = table.Of($"{type.Name}.id", role);
            foreach (var (what, one) in Targets(type.Name))
            {
                asked.Add((type.Name, what, one.Id, Sees(letter, type.Name, one)));
            }

            asked.Add((type.Name, "other district", elsewhere[type.Name], false));
        }

        foreach (var some in asked.Chunk(MostAliases))
        {
            var answer = await server.AskAsync(role.Name, "{ " + string.Join(' ', some.Select(
                (one, i) => $"n{i}: node(id: \"{one.Id}\") {{ id }}")) + " }");
            for (var i = 0; i < some.Length; i++)
            {
                Cell(role, $"node {some[i].Type} ({some[i].What})", some[i].Seen, answer["data"]?[$"n{i}"] is not null);
            }

            AbsentAndForbiddenAreAlike(role, some, answer);
        }
    }

    /// <summary>Lists, counts, filters and orders.</summary>
    public async Task ListsAsync(Role role)
    {
        foreach (var field in server.Schema.QueryType.Fields)
        {
            if (NodeOf(field.Type.NamedType) is not { } node || !owned.TryGetValue(node.Name, out var all)) continue;

            var letter = table.Of(field.Coordinate, role);
            var seen = all.Where(one => Sees(letter, node.Name, one)).Select(one => one.Id).ToHashSet();
            var hidden = all.FirstOrDefault(one => !seen.Contains(one.Id));
            await ListAsync(role, field, letter, seen, "");
            foreach (var order in OrdersOf(field)) await ListAsync(role, field, letter, seen, $", order: {order}");
            if (field.FindArgument("where")?.Type.NamedType is not InputObjectType where
                || where.Fields.All(one => one.Name != "id")) continue;

            await FilterAsync(role, field, seen.FirstOrDefault(), letter == '-' ? null : 1);
            await FilterAsync(role, field, hidden?.Id, letter == '-' ? null : 0);
            await FilterAsync(role, field, elsewhere[node.Name], letter == '-' ? null : 0);
        }
    }

    private static bool IsRefused(JsonNode answer, params string[] path) => answer["errors"] is JsonArray errors
        && errors.Any(error => error!["extensions"]?["code"]?.GetValue<string>()
                is "AUTH_NOT_AUTHORIZED" or "AUTH_NOT_AUTHENTICATED"
            && error["path"] is JsonArray at && path.Length <= at.Count
            && path.Zip(at).All(step => step.First == step.Second!.ToString()));

    private static ObjectType? NodeOf(TypeDefinition type) => type is ObjectType connection
        && connection.Name.EndsWith("Connection", StringComparison.Ordinal)
            ? (ObjectType)connection.Fields.Single(field => field.Name == "nodes").Type.NamedType
            : null;

    private static IEnumerable<string> OrdersOf(FieldDefinition field) =>
        field.FindArgument("order")?.Type.NamedType is InputObjectType order
            ? order.Fields.SelectMany(by => new[] { $"{{ {by.Name}: ASC }}", $"{{ {by.Name}: DESC }}" })
            : [];

    private async Task ListAsync(Role role, FieldDefinition field, char letter, HashSet<string> seen, string order)
    {
        var answer = await server.AskAsync(
            role.Name, $"{{ l: {field.Name}(first: 100{order}) {{ totalCount nodes {{ id }} }} }}");
        var list = answer["data"]?["l"];
        var ids = list?["nodes"]?.AsArray().Select(node => node!["id"]!.GetValue<string>()).ToList();
        var isRight = letter == '-'
            ? ids is null && IsRefused(answer, "l")
            : ids is not null && ids.Count == Math.Min(100, seen.Count) && ids.TrueForAll(seen.Contains);
        Cell(role, $"{field.Coordinate} list{order}", true, isRight);
        Cell(role, $"{field.Coordinate} count{order}", true,
            letter == '-' ? list is null : (int?)list?["totalCount"] == seen.Count);
    }

    private async Task FilterAsync(Role role, FieldDefinition field, string? id, int? expected)
    {
        if (id is null) return;

        var answer = await server.AskAsync(
            role.Name, $"{{ l: {field.Name}(where: {{ id: {{ eq: \"{id}\" }} }}) {{ totalCount }} }}");
        Cell(role, $"{field.Coordinate} filter", true, (int?)answer["data"]?["l"]?["totalCount"] == expected);
    }

    /// <summary>Who must not see it is not told that it is there.</summary>
    private void AbsentAndForbiddenAreAlike(
        Role role, (string Type, string What, string Id, bool Seen)[] asked, JsonNode answer)
    {
        var hidden = asked.Select((one, i) => (one.Type, one.What, one.Seen, Code: CodeAt(answer, $"n{i}")))
            .Where(one => !one.Seen).GroupBy(one => one.Type);
        foreach (var type in hidden)
        {
            if (type.Select(one => one.Code).Distinct().Count() > 1)
            {
                Unexpected.Add($"{role.Title}: node {type.Key} is refused in different ways");
            }
        }
    }

    private static string CodeAt(JsonNode answer, string alias) => (answer["errors"] as JsonArray)?
        .FirstOrDefault(error => error!["path"]?[0]?.ToString() == alias)?["extensions"]?["code"]?.ToString() ?? "";

    private IEnumerable<(string What, Owned One)> Targets(string type)
    {
        var all = owned[type];
        if (all.FirstOrDefault(one => one.People.Intersect(server.Family).Any()) is { } own) yield return ("own", own);
        if (all.FirstOrDefault(one => one.Schools.Contains(server.School)) is { } at) yield return ("own school", at);
        yield return ("other school", all.First(one => !one.Schools.Contains(server.School)
            && !one.People.Intersect(server.Family).Any()));
    }

    private bool Sees(char letter, string type, Owned one) => letter switch
    {
        'D' => true,
        // The topic of whoever has a role for one has the id of the school.
        'S' or 'T' => Owners.Open.Contains(type) || one.Schools.Contains(server.School),
        'O' => Owners.Open.Contains(type) || one.People.Intersect(server.Family).Any(),
        _ => false,
    };

    private void Cell(Role role, string what, bool expected, bool actual)
    {
        Cells++;
        if (expected == actual) return;

        Unexpected.Add($"{role.Title}: {what}: {(actual ? "may" : "may not, or is told wrong")}");
    }
}
