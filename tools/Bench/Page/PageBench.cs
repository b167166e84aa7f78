using System.Text;
using System.Text.Json;
using K12Hub.Bench.Measuring;
using K12Hub.District;
using Npgsql;

namespace K12Hub.Bench.Page;

/// <summary>Two pages of 50 students, with eight fields, and with school and guardians: GraphQL over HTTP against the
/// hand-written endpoint; the first also against a Node server.</summary>
internal static class PageBench
{
    /// <summary>Where the raw endpoint finds its database: a password does not belong on a command line.</summary>
    public const string RawSetting = "K12HUB_BENCH_DATABASE";

    // Cursors are taken from so many pages and asked for in random order, always the same.
    private const int Pages = 300;
    private const int Seed = 20261121;

    private const string Flat =
        """
        query Page($after: String) { students(first: 50, after: $after) {
          nodes { id sourcedId givenName familyName grade email identifier dateLastModified }
          pageInfo { hasNextPage endCursor } } }
        """;

    /// <summary>A page as somebody looks at it.</summary>
    public const string Nested =
        """
        query Page($after: String) { students(first: 50, after: $after) {
          nodes { id givenName familyName grade email school { id name }
            guardians { id givenName familyName phone } }
          pageInfo { hasNextPage endCursor } } }
        """;

    public static async Task RunAsync(int students, int seconds, CancellationToken ct)
    {
        await using var scratch = await Scratch.CreateAsync(ct);
        var database = await scratch.DatabaseAsync("page", ct);
        await ImportAsync(scratch, database, students, ct);
        var load = new PageLoad(scratch, seconds);
        var places = await PlacesAsync(database, ct);
        await using var raw = AppProcess.StartSelf(["raw-endpoint"], new Dictionary<string, string>
        {
            [RawSetting] = database,
        });
        var address = new Uri((await raw.LineAsync(RawEndpoint.ReadyLine, ct))[RawEndpoint.ReadyLine.Length..]);
        await using var hub = await HubServer.StartAsync(scratch.FileAt("app"), scratch.AppOn(database), ct);
        await using var peer = await NodePeer.StartAsync(scratch, database, ct);

        Console.WriteLine($"page of {RawPage.Size} students of {students:N0}, {PageLoad.Connections} connections, "
            + $"{seconds} turns of a second (load of the machine {ProcessFigures.Load})");
        Console.WriteLine("eight fields (goals: 0.85 of raw, p99 at most 2 x; 1.5 x mercurius)");
        List<Rival> rivals = [await HubAsync(hub, Flat, ct), Raw(raw.Id, address.Port, RawEndpoint.Flat, places)];
        if (peer is not null) rivals.Add(Peer(peer, places));
        await load.MeasureAsync(rivals, ct);

        Console.WriteLine("with school and guardians (goal: 0.85 of raw)");
        await load.MeasureAsync([await HubAsync(hub, Nested, ct), Raw(raw.Id, address.Port, "/", places)], ct);
        await PolicyPages.MeasureAsync(hub, load, database, ct);
    }

    /// <summary>Imports a generated district as it is on its first day.</summary>
    public static async Task ImportAsync(Scratch scratch, string database, int students, CancellationToken ct)
    {
        var zip = scratch.FileAt("page.zip");
        await OneRosterCsvWriter.WriteZipAsync(new(students), "1.2", zip, ct);
        await AppProcess.RunAsync(["roster", "import", zip, "--json"], scratch.AppOn(database), ct);

        // What autovacuum would have done by the next morning.
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(ct);
        await using var vacuum = new NpgsqlCommand("vacuum analyze", connection) { CommandTimeout = 300 };
        await vacuum.ExecuteNonQueryAsync(ct);
    }

    private static Rival Raw(
        int process, int port, string path, IEnumerable<(string Family, string Given, Guid Id)> places) => new(
        "raw Npgsql + Kestrel", process, port, [.. places.Select(after => Encoding.UTF8.GetBytes(
            $"GET {path}?family={Uri.EscapeDataString(after.Family)}"
            + $"&given={Uri.EscapeDataString(after.Given)}&id={after.Id} HTTP/1.1\r\n"
            + $"Host: 127.0.0.1:{port}\r\n\r\n"))]);

    /// <summary>A server that is asked for pages of students in random order.</summary>
    public static async Task<Rival> HubAsync(
        HubServer server, string query, CancellationToken ct, string name = "GraphQL over HTTP", string? token = null)
    {
        var requests = new List<byte[]>();
        string? after = null;
        for (var page = 0; page < Pages; page++)
        {
            requests.Add(server.Request(query, new { after }, token));
            var data = await server.AskAsync(query, new { after }, ct, token);
            after = data.GetProperty("students").GetProperty("pageInfo").GetProperty("endCursor").GetString();
        }

        new Random(Seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(requests));
        return new(name, server.ProcessId, server.Address.Port, requests);
    }

    private static Rival Peer(NodePeer peer, IEnumerable<(string Family, string Given, Guid Id)> places) => new(
        "mercurius with JIT", peer.ProcessId, peer.Address.Port, [.. places.Select(after => peer.Request(
            JsonSerializer.Serialize(new { query = Flat, variables = new { after = NodePeer.Cursor(after) } })))]);

    /// <summary>The last student of each of the first pages: where to go on.</summary>
    private static async Task<List<(string Family, string Given, Guid Id)>> PlacesAsync(
        string database, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(ct);
        await using var keys = new NpgsqlCommand(
            $"""
            select family_name, given_name, id from (
              select family_name, given_name, id, row_number() over (order by family_name, given_name, id) as place
              from roster.people where tenant_id = 1 and is_student and ended_at is null) as numbered
            where place % {RawPage.Size} = 0 order by place limit {Pages - 1}
            """,
            connection);
        await using var reader = await keys.ExecuteReaderAsync(ct);
        var places = new List<(string, string, Guid)> { ("", "", Guid.Empty) };
        while (await reader.ReadAsync(ct)) places.Add((reader.GetString(0), reader.GetString(1), reader.GetGuid(2)));
        new Random(Seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(places));
        return places;
    }
}
