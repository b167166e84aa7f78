using System.Text;
using K12Hub.Bench.Measuring;
using K12Hub.District;
using Npgsql;

namespace K12Hub.Bench.Page;

/// <summary>A page of 50 students with school and guardians: GraphQL over HTTP against the hand-written
/// endpoint.</summary>
internal static class PageBench
{
    /// <summary>Where the raw endpoint finds its database: a password does not belong on a command line.</summary>
    public const string RawSetting = "K12HUB_BENCH_DATABASE";

    private const int Connections = 32;
    private const int Pages = 100;

    // So many, at least, before a server runs the code it will run all day.
    private const int WarmUpRequests = 8_000;

    private const string Query =
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

        var raw = await MeasureRawAsync(scratch, database, TimeSpan.FromSeconds(seconds), ct);
        var hub = await MeasureHubAsync(scratch, database, TimeSpan.FromSeconds(seconds), ct);

        Console.WriteLine($"page of {RawPage.Size} students with school and guardians, {Connections} connections, "
            + $"{students:N0} students (load of the machine {ProcessFigures.Load})");
        Print("raw Npgsql + Kestrel", raw);
        Print("GraphQL over HTTP   ", hub);
        Console.WriteLine($"  GraphQL / raw: {hub.Load.PerSecond / raw.Load.PerSecond:0.00} by requests, "
            + $"{(raw.Server + raw.Database) / (hub.Server + hub.Database):0.00} by processor time");
    }

    private static void Print(string what, Measured measured) => Console.WriteLine(
        $"  {what}  {measured.Load.PerSecond,7:0} req/s   p50 {measured.Load.P50:0.0} ms   "
        + $"p99 {measured.Load.P99:0.0} ms   {measured.Server:0} µs of server and "
        + $"{measured.Database:0} µs of PostgreSQL per request   {measured.Load.Failures} failed");

    private static async Task ImportAsync(Scratch scratch, string database, int students, CancellationToken ct)
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

    private static async Task<Measured> MeasureRawAsync(
        Scratch scratch, string database, TimeSpan duration, CancellationToken ct)
    {
        var settings = new Dictionary<string, string> { [RawSetting] = database };
        await using var server = AppProcess.StartSelf(["raw-endpoint"], settings);
        var address = new Uri((await server.LineAsync(RawEndpoint.ReadyLine, ct))[RawEndpoint.ReadyLine.Length..]);
        var requests = (await CursorsAsync(database, ct)).Select(after => Encoding.UTF8.GetBytes(
            $"GET /?family={Uri.EscapeDataString(after.Family)}"
            + $"&given={Uri.EscapeDataString(after.Given)}&id={after.Id} HTTP/1.1\r\n"
            + $"Host: 127.0.0.1:{address.Port}\r\n\r\n")).ToList();
        return await MeasureAsync(scratch, server.Id, address.Port, requests, duration, ct);
    }

    private static async Task<Measured> MeasureHubAsync(
        Scratch scratch, string database, TimeSpan duration, CancellationToken ct)
    {
        await using var server = await HubServer.StartAsync(scratch.FileAt("app"), scratch.AppOn(database), ct);
        var requests = new List<byte[]>();
        string? after = null;
        for (var page = 0; page < Pages; page++)
        {
            requests.Add(server.Request(Query, new { after }));
            var info = (await server.AskAsync(Query, new { after },
                ct)).GetProperty("students").GetProperty("pageInfo");
            after = info.GetProperty("endCursor").GetString();
        }

        return await MeasureAsync(scratch, server.ProcessId, server.Address.Port, requests, duration, ct);
    }

    private static async Task<Measured> MeasureAsync(
        Scratch scratch, int process, int port, IReadOnlyList<byte[]> requests, TimeSpan duration, CancellationToken ct)
    {
        for (var (warmed, round) = (0, 0); warmed < WarmUpRequests && round < 10; round++)
            warmed += (await LoadGenerator.RunAsync(port, requests, Connections, duration, ct)).Requests;

        var (server, database) = (ProcessFigures.ProcessorTime(process), scratch.ServerTime);
        var load = await LoadGenerator.RunAsync(port, requests, Connections, duration, ct);
        return new(
            load,
            (ProcessFigures.ProcessorTime(process) - server).TotalMicroseconds / load.Requests,
            (scratch.ServerTime - database).TotalMicroseconds / load.Requests);
    }

    /// <summary>The last student of each of the first pages: where the raw endpoint is told to go on.</summary>
    private static async Task<List<(string Family, string Given, Guid Id)>> CursorsAsync(
        string database, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(ct);
        await using var keys = new NpgsqlCommand(
            $"""
            select family_name, given_name, id from (
              select family_name, given_name, id, row_number() over (order by family_name, given_name, id) as place
              from roster.people where tenant_id = 1 and is_student and ended_at is null) as numbered
            where place % {RawPage.Size} = 0 order by place limit {Pages}
            """,
            connection);
        await using var reader = await keys.ExecuteReaderAsync(ct);
        var cursors = new List<(string, string, Guid)> { ("", "", Guid.Empty) };
        while (await reader.ReadAsync(ct)) cursors.Add((reader.GetString(0), reader.GetString(1), reader.GetGuid(2)));
        return cursors;
    }

    /// <summary>Processor time in microseconds per request.</summary>
    private sealed record Measured(LoadFigures Load, double Server, double Database);
}
