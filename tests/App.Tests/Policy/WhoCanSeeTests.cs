using K12Hub.GraphQL.Conventions;

namespace K12Hub.App.Tests.Policy;

/// <summary>Who can see an object is told as the policy decides it: whoever is named sees it, and nobody
/// else.</summary>
public sealed class WhoCanSeeTests
{
    private const string Administrator = "districtAdministrator";
    private const int MostAliases = 20;

    [Fact]
    public async Task Everybody_who_is_named_can_see_it_and_nobody_else()
    {
        await using var server = await PolicyServer.StartAsync();
        var cast = new AccountCast(server);
        await cast.MakeAsync();
        var objects = await ObjectsAsync(server);
        var seen = objects.ToDictionary(id => id, _ => new SortedSet<string>(StringComparer.Ordinal));
        foreach (var account in cast.All.Keys)
        {
            foreach (var some in objects.Chunk(MostAliases)) await LookAsync(server, account, some, seen);
        }

        var wrong = new List<string>();
        foreach (var id in objects)
        {
            var named = await NamedAsync(server, id, pageSize: 7);
            if (!named.Keys.Where(one => cast.All.ContainsKey(Guid.Parse(one)))
                .Order(StringComparer.Ordinal).SequenceEqual(seen[id]))
            {
                wrong.Add($"{TypeOf(id)}: named {string.Join(' ', named)}\n  sees {string.Join(' ', seen[id])}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(5)) + $"\n{wrong.Count} of {objects.Count}");
        Assert.Contains(seen.Values, some => some.Contains(cast.Program.ToString()));
        Assert.Contains(seen.Values, some => some.Contains(cast.Principal.ToString()));
        await TellsWhyAsync(server, cast);
        await TellsNothingOfOthersAsync(server);
    }

    private static async Task TellsWhyAsync(PolicyServer server, AccountCast cast)
    {
        var child = await NamedAsync(server, NodeId.Encode("Student", server.Family[1])!, pageSize: 100);
        var ofSchool = NodeId.Encode("Student", (await server.RowsAsync(
            $"""
            select id from roster.people_v1 where tenant_id = 1 and is_student
               and school_id = '{server.School}' limit 1
            """))[0][0])!;
        var name = (await server.RowsAsync(
            $"select name from roster.organizations_v1 where tenant_id = 1 and id = '{server.School}'"))[0][0];
        var reasons = (await NamedAsync(server, ofSchool, pageSize: 100)).Values.SelectMany(one => one).ToList();

        Assert.Equal(["Family member: The roster says parent or guardian of the child."], child[$"{cast.Parent}"]);
        Assert.Contains(reasons, reason =>
            reason.StartsWith($"School administrator at {name} since 20", StringComparison.Ordinal)
            && reason.EndsWith(": Asked by the board.", StringComparison.Ordinal));
        Assert.Contains(reasons, reason =>
            reason.StartsWith("Has roster.read for the whole district since", StringComparison.Ordinal));
    }

    private static async Task TellsNothingOfOthersAsync(PolicyServer server)
    {
        var absent = NodeId.Encode("Student", Guid.NewGuid())!;
        var gone = (await server.RowsAsync(
            "select id from roster.people_v1 where tenant_id = 2 and is_student limit 1"))[0][0]!;
        await server.ExecuteAsync($"delete from roster.people_v1 where tenant_id = 1 and id = '{gone}'");

        Assert.Empty(await NamedAsync(server, absent, pageSize: 100));
        Assert.Empty(await NamedAsync(server, NodeId.Encode("Student", gone)!, pageSize: 100));
    }

    /// <summary>Of each type one of the school, one of another, and one of the family, where there are such.</summary>
    private static async Task<List<string>> ObjectsAsync(PolicyServer server)
    {
        var ids = new List<string>();
        foreach (var (type, (sql, _)) in Owners.Of)
        {
            var rows = (await server.RowsAsync(sql)).OrderBy(row => row[0]!.ToString(), StringComparer.Ordinal)
                .Select(row => (Id: row[0]!, Schools: (Guid[])row[1]!, People: (Guid[])row[2]!)).ToList();
            var some = rows.Where(row => row.Schools.Contains(server.School)).Take(1)
                .Concat(rows.Where(row => !row.Schools.Contains(server.School)).Take(1))
                .Concat(rows.Where(row => row.People.Any(server.Family.Contains)).Take(2));
            ids.AddRange(some.Select(row => NodeId.Encode(type, row.Id)!));
        }

        return [.. ids.Distinct()];
    }

    private static async Task LookAsync(
        PolicyServer server, Guid account, string[] ids, Dictionary<string, SortedSet<string>> seen)
    {
        var answer = await server.AskAsync(account.ToString(), "{ " + string.Join(' ', ids.Select(
            (id, i) => $"n{i}: node(id: \"{id}\") {{ id }}")) + " }");
        for (var i = 0; i < ids.Length; i++)
        {
            if (answer["data"]?[$"n{i}"] is not null) seen[ids[i]].Add(account.ToString());
        }
    }

    private static async Task<Dictionary<string, List<string>>> NamedAsync(
        PolicyServer server, string id, int pageSize)
    {
        var named = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (string? after = null, more = "true"; more == "true";)
        {
            var from = after is null ? "" : $", after: \"{after}\"";
            var answer = await server.AskAsync(Administrator,
                $"{{ whoCanSee(id: \"{id}\", first: {pageSize}{from}) {{ nodes {{ accountId isToken reasons }} "
                    + "pageInfo { hasNextPage endCursor } } }");
            Assert.True(answer["errors"] is null, answer.ToJsonString());
            var page = answer["data"]!["whoCanSee"]!;
            foreach (var one in page["nodes"]!.AsArray())
            {
                named.Add((string)one!["accountId"]!, [.. one["reasons"]!.AsArray().Select(reason => (string)reason!)]);
            }

            (after, more) = ((string?)page["pageInfo"]!["endCursor"],
                page["pageInfo"]!["hasNextPage"]!.GetValue<bool>() ? "true" : "false");
        }

        return named;
    }

    private static string TypeOf(string id) => NodeId.Split(id).Type;
}
