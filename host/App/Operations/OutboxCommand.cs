using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using K12Hub.EventStore;
using K12Hub.Hosting;
using Spectre.Console;

namespace K12Hub.App;

/// <summary><c>K12Hub outbox status|retry|discard</c>: what is owed to the outside world, beside a running server or
/// without one.</summary>
internal static class OutboxCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Option<bool> AsJson = new("--json")
    {
        Description = "Print the answer as one line of JSON and nothing else.",
    };

    /// <summary>The verb with its own verbs.</summary>
    /// <param name="settings">Reads the settings off a parsed command line.</param>
    public static Command Verb(Func<ParseResult, AppSettings> settings)
    {
        var status = new Command("status", "How many messages are due, waiting and given up.") { AsJson };
        status.SetAction((parsed, ct) => StatusAsync(settings(parsed), parsed.GetValue(AsJson), ct));
        return new Command("outbox", "Messages to the outside world.")
        {
            status,
            Handle("retry", "Sends a message again that was given up.", settings, static (queue, id, who, ct) =>
                queue.RetryAsync(Door.District, id, who, ct)),
            Handle("discard", "Says that a message that was given up need not be sent.", settings,
                static (queue, id, who, ct) => queue.DiscardAsync(Door.District, id, who, ct)),
        };
    }

    private static Command Handle(
        string name, string description, Func<ParseResult, AppSettings> settings,
        Func<OutboxMessages, long, string, CancellationToken, Task<bool>> handle)
    {
        var id = new Argument<long>("id") { Description = "The message's number, as status shows it." };
        var verb = new Command(name, description) { id, AsJson };
        verb.SetAction((parsed, ct) => HandleAsync(
            settings(parsed), parsed.GetValue(id), parsed.GetValue(AsJson), handle, ct));
        return verb;
    }

    private static Task<int> StatusAsync(AppSettings settings, bool json, CancellationToken ct) =>
        WithQueueAsync(settings, async queue =>
        {
            var standing = await queue.StandingAsync(ct);
            var dead = await queue.DeadAsync(Door.District, 100, ct);
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(new { kinds = standing, deadLetters = dead }, Json));
            }
            else
            {
                Print(standing, dead);
            }

            return ExitCodes.Done;
        }, ct);

    private static Task<int> HandleAsync(
        AppSettings settings, long id, bool json,
        Func<OutboxMessages, long, string, CancellationToken, Task<bool>> handle, CancellationToken ct) =>
        WithQueueAsync(settings, async queue =>
        {
            var found = await handle(queue, id, $"cli:{Environment.UserName}", ct);
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(new { id, done = found }, Json));
            }
            else if (!found)
            {
                await Console.Error.WriteLineAsync(
                    $"Message {id} is not given up: it is sent, being sent, or not there. See: outbox status.");
            }

            return found ? ExitCodes.Done : ExitCodes.BadInput;
        }, ct);

    private static void Print(IReadOnlyList<OutboxStanding> standing, IReadOnlyList<DeadLetter> dead)
    {
        var kinds = new Table().Border(TableBorder.Rounded).AddColumns("", "due", "sending", "waiting", "given up");
        foreach (var kind in standing)
        {
            kinds.AddRow(
                Markup.Escape(kind.Kind), Number(kind.Due), Number(kind.Leased), Number(kind.Waiting),
                Number(kind.Dead));
        }

        AnsiConsole.Write(kinds);
        if (dead.Count == 0)
        {
            return;
        }

        var letters = new Table().Border(TableBorder.Simple).AddColumns("id", "kind", "attempts", "why", "since");
        foreach (var letter in dead)
        {
            letters.AddRow(
                letter.Id.ToString(CultureInfo.InvariantCulture), Markup.Escape(letter.Kind), Number(letter.Attempts),
                Markup.Escape(letter.Error ?? ""), letter.DeadAt.ToString("u", CultureInfo.InvariantCulture));
        }

        AnsiConsole.Write(letters);
    }

    private static string Number(long count) => count == 0 ? "·" : count.ToString("N0", CultureInfo.InvariantCulture);

    private static async Task<int> WithQueueAsync(
        AppSettings settings, Func<OutboxMessages, Task<int>> work, CancellationToken ct)
    {
        await using var database = Database.Open(settings, Console.Error.WriteLine, ct);
        var address = await database.AddressAsync();
        var services = new ServiceCollection();
        var hub = new HubBuilder(services, settings.Configuration).AddModules();
        hub.Register(_ => address);
        hub.KeepKeysIn(settings.DataFolder);
        services.AddSingleton(TimeProvider.System);
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<DocumentStore>();
        await store.ApplySchemaAsync(ct);
        return await work(store.OutboxMessages);
    }
}
