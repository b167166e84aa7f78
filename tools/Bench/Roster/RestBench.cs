using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using K12Hub.Bench.Measuring;
using K12Hub.Contracts;
using K12Hub.District;
using K12Hub.District.Serving;
using K12Hub.OneRoster;
using K12Hub.OneRoster.Rest.Access;

namespace K12Hub.Bench.Roster;

/// <summary>How fast a roster comes over HTTP: our client down to the records, against a bare client that only reads
/// every token of the same pages from the same server.</summary>
internal static class RestBench
{
    public const string ReadyLine = "rest server at ";

    private const string Version = "1.2";
    private const int PageSize = 5_000;
    private const int Rounds = 5;
    private const int WarmRounds = 4;

    private static readonly string[] collections =
        ["orgs", "academicSessions", "courses", "users", "classes", "enrollments", "demographics"];

    private sealed record Drain(long Rows, TimeSpan Clock, TimeSpan Processor);

    public static async Task RunAsync(int rows, CancellationToken ct)
    {
        var arguments = new[] { "rest-server", "--rows", rows.ToString(CultureInfo.InvariantCulture) };
        await using var server = AppProcess.StartSelf(arguments, new Dictionary<string, string>());
        var address = (await server.LineAsync(ReadyLine, ct))[ReadyLine.Length..];

        // Unmeasured at first: the server makes its rows when they are asked for, and all code is compiled twice.
        for (var round = 0; round < WarmRounds; round++) await OursAsync(address, ct);
        for (var round = 0; round < WarmRounds; round++) await BareAsync(address, ct);
        var (bare, ours) = (new List<Drain>(), new List<Drain>());
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add(await BareAsync(address, ct));
            ours.Add(await OursAsync(address, ct));
        }

        var (low, own) = (Middle(bare), Middle(ours));
        if (low.Rows != own.Rows) throw new InvalidOperationException($"{low.Rows} rows against {own.Rows}.");
        Console.WriteLine(
            $"REST, {low.Rows:N0} rows, pages of {PageSize:N0} (load {ProcessFigures.Load}), middle of {Rounds}");
        Console.WriteLine($"  bare client, tokens only  {Line(low)}");
        Console.WriteLine($"  our client, records       {Line(own)}");
        Console.WriteLine(
            $"  ratio {low.Clock / own.Clock:0.00} on the clock, {low.Processor / own.Processor:0.00} of processor");
    }

    /// <summary>The server, as a process of its own.</summary>
    public static async Task ServeAsync(int rows, CancellationToken ct)
    {
        await using var server = await RestServer.StartAsync(new(DistrictPlan.ForRows(rows, Version)), ct);
        Console.WriteLine(ReadyLine + server.Base12);
        await server.WaitAsync(ct);
    }

    private static async Task<Drain> BareAsync(string address, CancellationToken ct)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RestServer.StaticToken);
        return await MeasureAsync(async () =>
        {
            var rows = 0L;
            foreach (var collection in collections)
            {
                for (int offset = 0, got = -1; got != 0; offset += got, rows += got)
                {
                    var url = $"{address}/{collection}?limit={PageSize}&offset={offset}&sort=sourcedId&orderBy=asc";
                    using var answer = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, ct);
                    await using var body = await answer.Content.ReadAsStreamAsync(ct);
                    got = await CountAsync(body, ct);
                    var total = int.Parse(
                        answer.Headers.GetValues("X-Total-Count").First(), CultureInfo.InvariantCulture);
                    if (offset + got < total) continue;
                    rows += got;
                    break;
                }
            }

            return rows;
        });
    }

    /// <summary>Reads every token and counts the objects at the depth of rows.</summary>
    private static async Task<int> CountAsync(Stream body, CancellationToken ct)
    {
        var (buffer, filled, state, rows) = (new byte[131_072], 0, new JsonReaderState(), 0);
        while (true)
        {
            var got = await body.ReadAsync(buffer.AsMemory(filled), ct);
            filled += got;
            var used = Tokens(buffer.AsSpan(0, filled), got == 0, ref state, ref rows);
            if (got == 0) return rows;
            filled -= used;
            buffer.AsSpan(used, filled).CopyTo(buffer);
        }
    }

    private static int Tokens(ReadOnlySpan<byte> bytes, bool isLast, ref JsonReaderState state, ref int rows)
    {
        var json = new Utf8JsonReader(bytes, isLast, state);
        while (json.Read())
            if (json.TokenType is JsonTokenType.StartObject && json.CurrentDepth == 2) rows++;

        state = json.CurrentState;
        return (int)json.BytesConsumed;
    }

    private static Task<Drain> OursAsync(string address, CancellationToken ct) => MeasureAsync(async () =>
    {
        var settings = new RestSourceSettings
        {
            BaseUrl = address,
            Auth = AuthStyle.Bearer,
            Token = RestServer.StaticToken,
            AllowLoopback = true,
            Demographics = true,
            PageSize = PageSize,
        };
        var findings = new CollectedFindings();
        var opening = await OneRosterRest.OpenAsync(settings, new(), new(), findings, TimeProvider.System, ct);
        await using var source = opening.Source!;
        var rows = await CountAsync(source.Orgs(ct)) + await CountAsync(source.AcademicSessions(ct))
            + await CountAsync(source.Courses(ct)) + await CountAsync(source.Users(ct))
            + await CountAsync(source.Classes(ct)) + await CountAsync(source.Enrollments(ct))
            + await CountAsync(source.Demographics(ct));
        return source.Rejection is { } rejection ? throw new InvalidOperationException(rejection.Message) : rows;
    });

    private static async Task<long> CountAsync<T>(IAsyncEnumerable<T> records)
    {
        var rows = 0L;
        await foreach (var _ in records) rows++;
        return rows;
    }

    private static async Task<Drain> MeasureAsync(Func<Task<long>> drain)
    {
        var (processor, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var rows = await drain();
        return new(rows, watch.Elapsed, Environment.CpuUsage.TotalTime - processor);
    }

    private static Drain Middle(List<Drain> drains) => drains.OrderBy(drain => drain.Clock).ElementAt(drains.Count / 2);

    private static string Line(Drain drain) =>
        $"{drain.Clock.TotalSeconds,6:0.00} s, {drain.Rows / drain.Clock.TotalSeconds,9:N0} rows/s "
        + $"(processor {drain.Processor.TotalSeconds:0.00} s)";
}
