using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using K12Hub.EventStore;
using Spectre.Console;

namespace K12Hub.App;

/// <summary><c>K12Hub outbox status|retry|discard</c>: what is owed to the outside world, beside a running server or
/// without one.</summary>
internal static class OutboxCommand
{
    /// <summary>The verb with its own verbs.</summary>
    /// <param name="settings">Reads the settings off a parsed command line.</param>
    public static Command Verb(Func<ParseResult, AppSettings> settings)
    {
        var status = new Command(
            "status", "How many messages are due, waiting and given up, and which a district has given up.")
        {
            StoreVerb.District, StoreVerb.AsJson,
        };
        status.SetAction((parsed, ct) => StatusAsync(
            settings(parsed), StoreVerb.DistrictOf(parsed), parsed.GetValue(StoreVerb.AsJson), ct));
        return new Command("outbox", "Messages to the outside world.")
        {
            status,
            Handle("retry", "Sends a message again that was given up.", settings, static (queue, district, id, ct) =>
                queue.RetryAsync(district, id, StoreVerb.Actor, ct)),
            Handle("discard", "Says that a message that was given up need not be sent.", settings,
                static (queue, district, id, ct) => queue.DiscardAsync(district, id, StoreVerb.Actor, ct)),
        };
    }

    private static Command Handle(
        string name, string description, Func<ParseResult, AppSettings> settings,
        Func<OutboxMessages, DistrictId, long, CancellationToken, Task<bool>> handle)
    {
        var id = new Argument<long>("id") { Description = "The message's number, as status shows it." };
        var verb = new Command(name, description) { id, StoreVerb.District, StoreVerb.AsJson };
        verb.SetAction((parsed, ct) => HandleAsync(
            settings(parsed), StoreVerb.DistrictOf(parsed), parsed.GetValue(id), parsed.GetValue(StoreVerb.AsJson),
            handle, ct));
        return verb;
    }

    private static Task<int> StatusAsync(
        AppSettings settings, DistrictId district, bool json, CancellationToken ct) =>
        WithQueueAsync(settings, async queue =>
        {
            var standing = await queue.StandingAsync(ct);
            var dead = await queue.DeadAsync(district, 100, ct);
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(
                    new { kinds = standing, deadLetters = dead }, StoreVerb.Json));
            }
            else
            {
                Print(standing, dead);
            }

            return ExitCodes.Done;
        }, ct);

    private static Task<int> HandleAsync(
        AppSettings settings, DistrictId district, long id, bool json,
        Func<OutboxMessages, DistrictId, long, CancellationToken, Task<bool>> handle, CancellationToken ct) =>
        WithQueueAsync(settings, async queue =>
        {
            var found = await handle(queue, district, id, ct);
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(new { id, done = found }, StoreVerb.Json));
            }
            else if (!found)
            {
                await Console.Error.WriteLineAsync(
                    $"District {district.Value} has not given up message {id}: it is sent, being sent, or not there. "
                    + "See: outbox status.");
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

    private static Task<int> WithQueueAsync(
        AppSettings settings, Func<OutboxMessages, Task<int>> work, CancellationToken ct) =>
        StoreVerb.RunAsync(settings, store => work(store.OutboxMessages), ct);
}
