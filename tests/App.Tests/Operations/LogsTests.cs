using System.IO.Compression;
using System.Text.RegularExpressions;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.App.Tests.Operations;

/// <summary>Logs hold nothing of people, at the lowest level neither: what the program says, and what its PostgreSQL
/// does.</summary>
public sealed partial class LogsTests : VerbTests
{
    private const string Mark = Rides.OfNoBus;
    private static readonly Guid Ride = new("00000000-0000-0000-0000-0000000000b4");
    private static readonly Guid Ana = new("00000000-0000-0000-0000-00000000000a");

    protected override string LogLevel => "Trace";

    [Fact]
    public async Task People_are_imported_projected_fail_to_be_asked_for_and_erased_and_no_log_names_them()
    {
        var said = new List<string> { await SaidAsync("roster", "import", await MarkedAsync()) };
        using var server = Start("--urls", "http://127.0.0.1:0");
        await server.ReadyAsync();
        await AppendAsync(Lincoln, Ride, new Rides.RiderJoined(Ana, $"{Mark}ana"));
        await PausedAsync();
        var students = await server.AskAsync("{ students(first: 3) { nodes { familyName } } }");
        said.Add(await SaidAsync("person", "erase", $"{Ana}", "--reason", "request 17", "--yes"));
        await server.StopAsync();
        said.AddRange([server.Output, server.Errors, await OfPostgresAsync()]);

        // They are there, the log was written, and the failure is in it.
        Assert.Contains(Mark, students.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"LogLevel\":\"Trace\"", server.Errors, StringComparison.Ordinal);
        Assert.Contains("rides.counts", server.Errors, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException", server.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(said, text => text.Contains(Mark, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<string> SaidAsync(params string[] verb)
    {
        using var done = Start(verb);
        await done.EndAsync();
        Assert.True(done.ExitCode == 0, done.Errors);
        return done.Output + done.Errors;
    }

    private async Task PausedAsync()
    {
        await using var store = Open();
        await HubProcess.UntilAsync(async () =>
            (await store.ProjectionControl.StatusAsync(Lincoln, HubProcess.Ct))
                .Single(one => one.Name == "rides.counts").Mode == ProjectionMode.Paused);
    }

    /// <summary>A district whose people are called as nothing else is.</summary>
    private async Task<string> MarkedAsync()
    {
        var package = await Folders.PackageAsync(100);
        await using var zip = await ZipFile.OpenAsync(package, ZipArchiveMode.Update, HubProcess.Ct);
        var users = zip.GetEntry("users.csv")!;
        var lines = await ReadAsync(users);
        var column = Values(lines[0]).FindIndex(name => name.Trim('"') == "familyName");
        users.Delete();
        await using var writer = new StreamWriter(await zip.CreateEntry("users.csv").OpenAsync(HubProcess.Ct));
        foreach (var (at, line) in lines.Index())
        {
            var values = Values(line);
            if (at > 0) values[column] = $"\"{Mark}{values[column].Trim('"')}\"";
            await writer.WriteAsync(string.Join(',', values) + "\n");
        }

        return package;
    }

    /// <summary>The values of a line as they are written; in quotes a comma ends none.</summary>
    private static List<string> Values(string line) => [.. Value().Matches(line).Select(match => match.Value)];

    [GeneratedRegex("""(?<=^|,)("([^"]|"")*"|[^",]*)(?=,|$)""")]
    private static partial Regex Value();

    private static async Task<string[]> ReadAsync(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(await entry.OpenAsync(HubProcess.Ct));
        var text = await reader.ReadToEndAsync(HubProcess.Ct);
        return text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }

    private async Task<string> OfPostgresAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(HubProcess.Ct);
        await using var ask = new NpgsqlCommand(
            "select pg_read_file(current_setting('data_directory') || '/../log')", connection);
        var log = (string)(await ask.ExecuteScalarAsync(HubProcess.Ct))!;
        Assert.Contains("database system is ready", log, StringComparison.Ordinal);
        return log;
    }
}
