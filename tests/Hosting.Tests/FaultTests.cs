using System.Text.Json;
using K12Hub.Testing;

namespace K12Hub.Hosting.Tests;

/// <summary>Whatever call to the database fails: a command that is sent again has one effect, and what was
/// acknowledged is there.</summary>
public sealed class FaultTests
{
    private const string Open = """openClub(input: {name: "Chess", seats: 8}) """;
    private const string Rename = """renameClub(input: {id: "$club", name: "Go"}) """;
    private const string Join = """joinClub(input: {id: "$club", members: 2}) """;

    private static readonly bool[] EitherWay = [false, true];

    private static readonly (string Ask, string Row)[] All =
        [(Open, "Chess 8 0"), (Rename, "Go 8 0"), (Join, "Chess 8 2")];

    /// <summary>Every command of the clubs: what to ask, and the row afterwards.</summary>
    public static TheoryData<string, string, bool> Commands => new(
        from command in All
        from afterDone in EitherWay
        select new TheoryDataRow<string, string, bool>(command.Ask, command.Row, afterDone));

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task The_nth_call_fails_and_the_command_sent_again_has_one_effect(
        string command, string row, bool afterDone)
    {
        CutConnection? cut = null;
        try
        {
            await using var hub = await ClubHub.StartAsync(
                through: address => (cut ??= new CutConnection(address)).ConnectionString);
            var failures = 0;
            for (var nth = 1; await FailsAsync(hub, cut!, command, row, nth, afterDone) is var (isCut, failed); nth++)
            {
                failures += failed ? 1 : 0;
                if (!isCut) break;
            }

            Assert.InRange(failures, 2, 40);
        }
        finally
        {
            if (cut is not null) await cut.DisposeAsync();
        }
    }

    /// <summary>Asks once with a cut and once without.</summary>
    private static async Task<(bool IsCut, bool Failed)> FailsAsync(
        ClubHub hub, CutConnection cut, string command, string row, int nth, bool afterDone)
    {
        var club = command == Open ? "" : await hub.OpenAsync("Chess");
        var before = await hub.EventsAsync();
        cut.CutAt(nth, afterDone);
        var first = await AskAsync(hub, command, club, $"key-{nth}");
        var isCut = cut.IsCut;
        cut.Heal();
        Assert.True(first is not null || isCut, "It failed by itself.");

        // A club may be there although its command was never answered; what was answered is there.
        Assert.InRange(await hub.EventsAsync() - before, first is null ? 0 : 1, 1);
        var again = await AskAsync(hub, command, club, $"key-{nth}");
        Assert.Equal(1, await hub.EventsAsync() - before);
        Assert.Equal(first ?? again, again);
        Assert.Equal(row, await RowAsync(hub, again!));
        return (isCut, first is null);
    }

    /// <summary>The stored row of the club an answer is about.</summary>
    private static async Task<string> RowAsync(ClubHub hub, string payload)
    {
        var id = JsonDocument.Parse(payload).RootElement.EnumerateObject().Single().Value
            .GetProperty("club").GetProperty("id").GetString();
        var answer = await hub.AskAsync($$"""{ node(id: "{{id}}") { ... on Club { name seats taken } } }""");
        var club = answer.GetProperty("data").GetProperty("node");
        return string.Join(' ', club.EnumerateObject().Select(field => field.Value.ToString()));
    }

    /// <summary>The payload's text; null when the answer is an error.</summary>
    private static async Task<string?> AskAsync(ClubHub hub, string command, string club, string key)
    {
        var answer = await hub.AskAsync(
            $$"""
            mutation { {{command.Replace("$club", club)}} { club { id name seats taken } errors { code } } }
            """,
            key);
        return answer.TryGetProperty("errors", out _) || answer.GetProperty("data").ValueKind is JsonValueKind.Null
            ? null
            : answer.GetProperty("data").GetRawText();
    }
}
