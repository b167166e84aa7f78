using System.Text.Json.Nodes;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Types;
using K12Hub.Hosting;
using K12Hub.Roster;

namespace K12Hub.App.Tests.Policy;

/// <summary>Fields one by one, on objects by their ids and on whatever those lead to, and mutations.</summary>
internal sealed partial class MatrixRun
{
    // So many objects of a type are tried until one leads to what is looked for.
    private const int MostTries = 12;

    private readonly Dictionary<string, Way> ways = new(StringComparer.Ordinal);

    /// <summary>How an object of a type is come by: from a field of the query, or from an object with an id.</summary>
    private sealed record Way(string? Node, string[] Steps);

    /// <summary>Every field of every object type that is more than structure.</summary>
    public async Task FieldsAsync(Role role)
    {
        if (ways.Count == 0) FindWays();
        foreach (var type in server.Schema.Types.OfType<ObjectType>().Where(type => ways.ContainsKey(type.Name)))
        {
            await FieldsAsync(role, type, ways[type.Name]);
        }

        foreach (var field in server.Schema.QueryType.Fields.Where(field => field.Name is not ("node" or "nodes")))
        {
            var answer = await server.AskAsync(role.Name, $"{{ f: {Asked(field)} }}");
            Cell(role, field.Coordinate, table.Of(field.Coordinate, role) != '-', !IsRefused(answer, "f"));
        }
    }

    /// <summary>Every mutation, with something of one's own, of another school and of another district.</summary>
    public async Task MutationsAsync(Role role)
    {
        var ids = Targets("Student").Select(one => one.One.Id).Append(elsewhere["Student"]).ToList();
        foreach (var field in server.Schema.MutationType!.Fields)
        {
            var expected = table.Of(field.Coordinate, role) != '-';
            var takesFile = field.Arguments.Any(one => Any(one.Type, "").Contains("$file", StringComparison.Ordinal));
            foreach (var id in expected ? ids.TakeLast(1) : ids)
            {
                var document = $"mutation{(takesFile ? "($file: Upload!)" : "")} {{ f: {Asked(field, id)} }}";
                var answer = takesFile
                    ? await server.UploadAsync(role.Name, document)
                    : await server.AskAsync(role.Name, document);
                Cell(role, field.Coordinate, expected, !IsRefused(answer, "f"));
            }
        }
    }

    /// <summary>Events as they happen: whoever may not is refused at once; whoever may would wait for one.</summary>
    public async Task SubscriptionsAsync(Role role)
    {
        foreach (var field in server.Schema.SubscriptionType!.Fields)
        {
            if (table.Of(field.Coordinate, role) != '-') continue;

            var events = await server.SubscribeAsync(role.Name, $"subscription {{ f: {Asked(field)} }}");
            Cell(role, field.Coordinate, false, !events.Contains("AUTH_NOT_", StringComparison.Ordinal));
        }
    }

    /// <summary>What is sent as a file.</summary>
    public async Task RoutesAsync(Role role)
    {
        var person = Uri.EscapeDataString(NodeId.Encode("Person", server.Family[0])!);
        await RouteAsync(role, "/graphql/data-quality.csv", table.Of("Query.dataQuality", role) != '-');
        await RouteAsync(role, $"/graphql/person.json?id={person}", role.Name == Roles.DistrictAdministrator.Name);
        if (role == Roles.DistrictAdministrator) await ExportsAsync(role, $"/graphql/person.json?id={person}");
    }

    /// <summary>Everything about a person goes to nobody who may not see each group of fields of everybody.</summary>
    private async Task ExportsAsync(Role role, string path)
    {
        foreach (var missing in PersonExport.Groups)
        {
            server.Enter(missing, Viewer.Of(
                missing, new(1), PersonExport.Groups.Except([missing]).Append(PersonExport.Permission)
                    .Select(permission => KeyValuePair.Create(permission, Reach.District))));
            Cell(role, $"GET {path} without {missing}", false, (int)await server.GetAsync(missing, path) == 200);
        }
    }

    private async Task RouteAsync(Role role, string path, bool expected) => Cell(
        role, $"GET {path.Split('?')[0]}", expected, (int)await server.GetAsync(role.Name, path) == 200);

    private static string Asked(FieldDefinition field, string id = "x")
    {
        var arguments = string.Join(", ", field.Arguments.Where(argument => argument.IsRequired)
            .Select(argument => $"{argument.Name}: {Any(argument.Type, id)}"));
        return $"{field.Name}{(arguments.Length > 0 ? $"({arguments})" : "")}"
            + (field.Type.NamedType.IsLeaf ? "" : " { __typename }");
    }

    private static string Any(IType type, string id) => type switch
    {
        NonNullType required => Any(required.OfType, id),
        ListType list => $"[{Any(list.OfType, id)}]",
        EnumType choice => choice.Values[0].Name,
        InputObjectType input => $"{{{string.Join(", ", input.Fields
            .Where(field => field.IsRequired).Select(field => $"{field.Name}: {Any(field.Type, id)}"))}}}",
        { NamedType.Name: "Upload" } => "$file",
        { NamedType.Name: "Int" or "Long" or "Float" } => "1",
        { NamedType.Name: "Boolean" } => "true",
        { NamedType.Name: "UUID" } => "\"00000000-0000-4000-8000-00000000000a\"",
        { NamedType.Name: "DateTime" } => "\"2026-11-30T08:00:00Z\"",
        { NamedType.Name: "LocalDate" } => "\"2026-11-30\"",
        _ => $"\"{id}\"",
    };

    private void FindWays()
    {
        var found = new Queue<ObjectType>();
        foreach (var node in Nodes)
        {
            ways[node.Name] = new(node.Name, []);
            found.Enqueue(node);
        }

        ways["Query"] = new(null, []);
        found.Enqueue(server.Schema.QueryType);
        while (found.TryDequeue(out var type))
        {
            foreach (var field in type.Fields) Lead(type, field, found);
        }

        ways.Remove("Query");
    }

    private void Lead(ObjectType type, FieldDefinition field, Queue<ObjectType> found)
    {
        var step = Asked(field).Replace(" { __typename }", "", StringComparison.Ordinal);
        if (NodeOf(field.Type.NamedType) is { } inside)
        {
            Lead(type, inside, [step, "nodes"], found);
        }
        else if (field.Type.NamedType is ObjectType other && !MatrixTests.IsStructure(other))
        {
            Lead(type, other, [step], found);
        }
    }

    private void Lead(ObjectType from, ObjectType to, string[] steps, Queue<ObjectType> found)
    {
        var way = ways[from.Name];
        if (ways.TryAdd(to.Name, way with { Steps = [.. way.Steps, .. steps] })) found.Enqueue(to);
    }

    private async Task FieldsAsync(Role role, ObjectType type, Way way)
    {
        var fields = type.Fields;
        var selection = string.Join(' ', fields.Select((field, i) => $"f{i}: {Asked(field)}"));
        foreach (var seen in way.Node is null ? [true] : new[] { true, false })
        {
            var (parent, answer) = await ReachAsync(role, way, selection, seen);
            if (answer is null) continue;

            for (var i = 0; i < fields.Count; i++)
            {
                var letter = table.Of(fields[i].Coordinate, role);
                if (parent is null && letter != '-' && seen) continue; // There is none of it within reach.

                var actual = parent is not null && !Refused(answer, $"f{i}");
                Cell(role, $"{fields[i].Coordinate} ({(seen ? "within reach" : "out of reach")})",
                    letter != '-' && seen, actual);
            }
        }
    }

    private static bool Refused(JsonNode answer, string alias) => answer["errors"] is JsonArray errors
        && errors.Any(error => error!["path"] is JsonArray { Count: > 0 } at && at[^1]!.ToString() == alias
            && error["extensions"]?["code"]?.ToString() is "AUTH_NOT_AUTHORIZED" or "AUTH_NOT_AUTHENTICATED");

    /// <summary>The first object of a type that is come by from what a role sees, or does not see; the last answer
    /// where nothing leads to one.</summary>
    private async Task<(JsonNode? Parent, JsonNode? Answer)> ReachAsync(
        Role role, Way way, string selection, bool seen)
    {
        var inner = way.Steps.Reverse().Aggregate($"{{ {selection} }}", (text, step) => $"{{ {step} {text} }}");
        if (way.Node is not { } node) return await FirstAsync(role, inner[1..^1].Insert(0, " x: ").Trim(), way.Steps);

        var letter = table.Of($"{node}.id", role);
        var starts = owned[node].Where(one => Sees(letter, node, one) == seen).Take(MostTries)
            .Select(one => one.Id).ToList();
        if (starts.Count == 0 && seen) starts = [owned[node][0].Id];
        (JsonNode?, JsonNode?) last = (null, null);
        foreach (var id in starts)
        {
            last = await FirstAsync(
                role, $"x: node(id: \"{id}\") {{ ... on {node} {inner} }}", ["x", .. way.Steps]);
            if (last.Item1 is not null) return last;
        }

        return last;
    }

    private async Task<(JsonNode? Parent, JsonNode Answer)> FirstAsync(Role role, string asked, string[] steps)
    {
        var answer = await server.AskAsync(role.Name, $"{{ {asked} }}");
        var at = answer["data"]?["x"];
        foreach (var step in steps.Skip(1))
        {
            while (at is JsonArray list) at = list.FirstOrDefault(item => item is not null);
            at = at?[step.Split('(')[0]];
        }

        while (at is JsonArray list) at = list.FirstOrDefault(item => item is not null);
        return (at, answer);
    }
}
