using K12Hub.Bench.Measuring;
using K12Hub.Bench.Page;
using K12Hub.District;
using Npgsql;

namespace K12Hub.Bench.Finding;

/// <summary>Questions in everyday words to a large district with ten times as many areas as the usual ones.</summary>
internal static class FindBench
{
    private const int Copies = 10;
    private const int Connections = 8;

    // What families say around what they want, and a slip every few questions.
    private static readonly string[] Around = ["my child {0}", "{0} please", "Hello, {0}. Who can help us?", "{0}"];

    private const string Describe =
        """
        mutation D($key: String!, $language: String!, $name: String!, $phrases: [String!]!) {
          describeArea(input: { key: $key, language: $language, name: $name, phrases: $phrases }) { errors { code } }
        }
        """;

    private const string Find =
        """
        query Find($text: String!) { findHelp(text: $text) { words area { key texts { language name } } } }
        """;

    private const string FindContacts =
        """
        query Find($text: String!, $school: ID!) {
          findHelp(text: $text) {
            words area { key texts { language name } contacts(schoolId: $school) {
              step personName placeName isStandIn position { key } } }
          }
        }
        """;

    public static async Task RunAsync(int seconds, CancellationToken ct)
    {
        await using var scratch = await Scratch.CreateAsync(ct);
        var database = await scratch.DatabaseAsync("directory", ct);
        await using var hub = await HubServer.StartAsync(scratch.FileAt("app"), scratch.AppOn(database), ct);
        for (var copy = 0; copy < Copies; copy++) await DescribeAsync(hub, copy, ct);

        var questions = HelpAreas.All.SelectMany(area => area.Phrases).ToList();
        await FoundAsync(hub, questions[^1], ct);
        var keys = HelpAreas.All.Select(area => area.Key).Distinct().ToList();
        var chains = await StaffedDistrict.FillAsync(
            hub, database, [.. Enumerable.Range(0, Copies).SelectMany(copy => keys.Select(key => KeyOf(key, copy)))],
            ct);
        await VacuumAsync(database, ct);
        Console.WriteLine(
            $"{keys.Count * Copies} areas in two languages, {chains} chains of contact, 20,000 staff at 200 "
            + $"organizations, {Connections} connections (load of the machine {ProcessFigures.Load}; goals: 500/s, "
            + "p95 20 ms)");
        await MeasureAsync("findHelp", Find, hub, scratch, questions, seconds, ct);
        await MeasureAsync(
            "findHelp, with whom to ask at a school", FindContacts, hub, scratch, questions, seconds, ct);
    }

    private static async Task MeasureAsync(
        string what, string document, HubServer hub, Scratch scratch, IReadOnlyList<string> questions, int seconds,
        CancellationToken ct)
    {
        var requests = questions.Select((phrase, i) => hub.Request(
            document, new { text = Asked(phrase, i), school = StaffedDistrict.School(i) })).ToArray();
        new Random(20261130).Shuffle(requests);
        await PageLoad.WarmUpAsync(new(what, hub.ProcessId, hub.Address.Port, requests), ct);
        var before = scratch.ServerTime;
        var load = await LoadGenerator.RunAsync(
            hub.Address.Port, requests, Connections, TimeSpan.FromSeconds(seconds), ct);
        Console.WriteLine(
            $"  {what}: {load.PerSecond:0} questions/s   p50 {load.P50:0.0} ms   p95 {load.P95:0.0} ms   "
            + $"p99 {load.P99:0.0} ms   "
            + $"{(scratch.ServerTime - before).TotalMicroseconds / load.Requests:0} µs of PostgreSQL per question   "
            + $"{load.Failures} failed");
    }

    private static string KeyOf(string key, int copy) => copy == 0 ? key : $"{key}-{copy}";

    private static async Task DescribeAsync(HubServer hub, int copy, CancellationToken ct)
    {
        foreach (var area in HelpAreas.All)
        {
            // Another area of a large district: the same words, some of them its own.
            var own = copy == 0 ? "" : $" {(char)('a' + copy)}{area.Key.Replace("-", "", StringComparison.Ordinal)}";
            var data = await hub.AskAsync(
                Describe,
                new
                {
                    key = KeyOf(area.Key, copy),
                    language = area.Language,
                    name = area.Name + own,
                    phrases = area.Phrases.Select((phrase, i) => i % 2 == 0 ? phrase + own : phrase),
                },
                ct);
            var errors = data.GetProperty("describeArea").GetProperty("errors");
            if (errors.ValueKind is not System.Text.Json.JsonValueKind.Null)
                throw new InvalidOperationException($"{area.Key}: {errors}");
        }
    }

    /// <summary>Waits until words have followed what was described last.</summary>
    private static async Task FoundAsync(HubServer hub, string question, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while ((await hub.AskAsync(Find, new { text = question }, limit.Token)).GetProperty("findHelp")
            .GetArrayLength() == 0)
        {
            await Task.Delay(100, limit.Token);
        }
    }

    /// <summary>What autovacuum would have done by the next morning.</summary>
    private static async Task VacuumAsync(string database, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(ct);
        await using var vacuum = new NpgsqlCommand("vacuum analyze", connection);
        await vacuum.ExecuteNonQueryAsync(ct);
    }

    private static string Asked(string phrase, int number)
    {
        var slipped = number % 4 == 0 && phrase.Length > 6 ? phrase.Remove(phrase.Length / 2, 1) : phrase;
        return string.Format(
            System.Globalization.CultureInfo.InvariantCulture, Around[number % Around.Length], slipped);
    }
}
