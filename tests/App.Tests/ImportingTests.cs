using System.Text.Json;
using K12Hub.Postgres;
using Npgsql;

namespace K12Hub.App.Tests;

public sealed class ImportingTests : IDisposable
{
    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task The_first_import_adds_and_the_second_changes_nothing()
    {
        var package = await folders.PackageAsync(200);

        using var first = await ImportAsync(package, "--json");
        using var second = await ImportAsync(package, "--json");

        Assert.True(first.ExitCode == 0, first.Errors);
        var outcome = Outcome(first);
        Assert.Equal("applied", outcome.GetProperty("status").GetString());
        Assert.True(Count(outcome, "users", "added") > 200);
        Assert.True(Guid.TryParse(outcome.GetProperty("run").GetString(), out _));
        Assert.Equal(0, second.ExitCode);
        Assert.Equal("unchanged", Outcome(second).GetProperty("status").GetString());
        Assert.Equal(0, Count(Outcome(second), "users", "added"));
    }

    [Fact]
    public async Task Without_json_a_person_reads_a_table_with_the_collections()
    {
        using var import = await ImportAsync(await folders.PackageAsync(100));

        Assert.True(import.ExitCode == 0, import.Errors);
        Assert.Contains("enrollments", import.Output, StringComparison.Ordinal);
        Assert.Contains("Applied in", import.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_a_package_is_bad_input()
    {
        var text = folders.New("letter.zip");
        await File.WriteAllTextAsync(text, "Dear registrar,", HubProcess.Ct);

        using var letter = await ImportAsync(text, "--json");
        using var nothing = await ImportAsync(folders.New("nothing.zip"), "--json");
        using var wrong = await HubProcess.RunAsync("roster", "import");

        Assert.Equal(ExitCodes.BadInput, letter.ExitCode);
        Assert.Equal("rejected", Outcome(letter).GetProperty("status").GetString());
        Assert.NotEqual(0, Outcome(letter).GetProperty("findings").GetArrayLength());
        Assert.Equal(ExitCodes.BadInput, nothing.ExitCode);
        Assert.Equal("rejected", Outcome(nothing).GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, Outcome(nothing).GetProperty("run").ValueKind);
        Assert.Equal(0, Count(Outcome(nothing), "users", "added"));
        Assert.Equal("package.not_found", Outcome(nothing).GetProperty("findings")[0].GetProperty("rule").GetString());
        Assert.Equal(ExitCodes.BadInput, wrong.ExitCode);
    }

    [Fact]
    public async Task Started_with_dotnet_run_files_are_named_from_where_one_stands()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A line of shell.");
        var package = await folders.PackageAsync(100);
        var (here, name) = (Path.GetDirectoryName(package)!, Path.GetFileName(package));
        var project = Path.Combine(Repository.Root, "host", "App");
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!);

        var (exitCode, output) = await Shell.RunAsync(here,
            $"dotnet run --no-build -c {configuration} --project '{project}' -- roster import {name} --data here");

        Assert.True(exitCode == 0, output);
        Assert.Contains("Applied in", output, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(here, "here")), output);
    }

    [Fact]
    public async Task A_mass_departure_is_held_until_a_person_decides()
    {
        using var large = await ImportAsync(await folders.PackageAsync(600));
        var small = await folders.PackageAsync(100);

        using var held = await ImportAsync(small, "--json");
        var run = Outcome(held).GetProperty("run").GetString()!;
        using var shown = await AskAsync("show", run, "--json");
        using var applied = await AskAsync("apply", run, "--json");
        using var rejected = await AskAsync("reject", run, "--reason", "Half a file.");
        using var runs = await AskAsync("runs");

        Assert.True(large.ExitCode == 0, large.Errors);
        Assert.Equal(ExitCodes.Refused, held.ExitCode);
        Assert.Equal("held", Outcome(held).GetProperty("status").GetString());
        Assert.NotEqual(0, Outcome(shown).GetProperty("changes").GetArrayLength());
        Assert.True(applied.ExitCode == 0, applied.Errors);
        Assert.Equal("applied", Outcome(applied).GetProperty("status").GetString());
        Assert.Equal(ExitCodes.Refused, rejected.ExitCode);
        Assert.Contains("roster.run_not_held", rejected.Errors, StringComparison.Ordinal);
        Assert.Contains(run[..8], runs.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_the_environments_fault()
    {
        using var import = HubProcess.Start(
            ["roster", "import", await folders.PackageAsync(100)],
            ("K12HUB__Database__ConnectionString", "Host=127.0.0.1;Port=9;Username=nobody;Timeout=2"));
        await import.EndAsync();

        Assert.Equal(ExitCodes.Environment, import.ExitCode);
    }

    [Fact]
    public async Task A_run_that_is_killed_leaves_the_state_before_it_and_the_next_one_succeeds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        using (await ImportAsync(await folders.PackageAsync(100)))
        {
        }

        await using var postgres = await PrivatePostgres.StartAsync(
            folders.Data, new PrivatePostgresOptions { StopOnSignals = false }, HubProcess.Ct);
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
        var package = await folders.PackageAsync(20_000);
        using var held = await AskAsync("propose", package, "--json");
        Assert.True(held.ExitCode == 0, held.Errors);
        var run = Outcome(held).GetProperty("run").GetString()!;
        var before = await StateAsync(database);

        using var killed = HubProcess.Start(["roster", "apply", run, "--data", folders.Data]);
        await WritingAsync(database, killed);
        killed.Kill();
        await killed.EndAsync();

        Assert.Equal(before, await StateAsync(database));
        using var next = await AskAsync("apply", run, "--json");
        Assert.True(next.ExitCode == 0, next.Errors);
        Assert.NotEqual(before, await StateAsync(database));
    }

    [Fact]
    public async Task Who_listens_to_a_server_hears_of_a_run_of_another_process()
    {
        using var hub = await HubProcess.ServeAsync(folders.Data);
        using var client = hub.Client();
        using var ask = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(
                """{"query":"subscription { syncRunFinished(after: \"0\") { run { status } } }"}""",
                null, "application/json"),
            Headers = { { "Accept", "text/event-stream" }, { "Authorization", $"Bearer {hub.Token}" } },
        };
        using var answer = await client.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, HubProcess.Ct);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(HubProcess.Ct));
        Assert.Contains("\"applied\"", await ResultAsync(reader), StringComparison.Ordinal); // The demo district.

        using var import = await ImportAsync(await folders.PackageAsync(100));

        Assert.True(import.ExitCode == ExitCodes.Refused, import.Errors);
        Assert.Contains("\"held\"", await ResultAsync(reader), StringComparison.Ordinal);
        await hub.StopAsync();
        Assert.Contains("SERVER_STOPPING", await ResultAsync(reader), StringComparison.Ordinal);
    }

    private static async Task<string> ResultAsync(StreamReader events)
    {
        while (await events.ReadLineAsync(HubProcess.Ct) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return line;
        }

        return "the end";
    }

    private Task<HubProcess> ImportAsync(string package, params string[] more) =>
        HubProcess.RunAsync(["roster", "import", package, "--data", folders.Data, .. more]);

    private Task<HubProcess> AskAsync(params string[] verb) =>
        HubProcess.RunAsync(["roster", .. verb, "--data", folders.Data]);

    private static JsonElement Outcome(HubProcess import)
    {
        using var json = JsonDocument.Parse(import.Output);
        return json.RootElement.Clone();
    }

    private static int Count(JsonElement outcome, string collection, string what) =>
        outcome.GetProperty("counts").GetProperty(collection).GetProperty(what).GetInt32();

    private static async Task<string?> StateAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            """
            select concat_ws(' ', (select count(*) from es.events), (select count(*) from roster.people),
              (select count(*) from roster.enrollments), (select count(*) from roster.sync_runs))
            """);
        return (string?)await command.ExecuteScalarAsync(HubProcess.Ct);
    }

    /// <summary>Waits until the run writes rows in its one transaction.</summary>
    private static async Task WritingAsync(NpgsqlDataSource database, HubProcess import)
    {
        await using var command = database.CreateCommand(
            """
            select exists (select from pg_locks l join pg_class c on c.oid = l.relation
                            where c.relname = 'people_v1' and l.mode = 'RowExclusiveLock')
            """);
        await HubProcess.UntilAsync(async () =>
        {
            if (import.Output.Length > 0) Assert.Fail("The run was over before it could be killed.");
            return await command.ExecuteScalarAsync(HubProcess.Ct) is true;
        });
    }
}
