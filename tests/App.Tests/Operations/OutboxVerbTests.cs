using K12Hub.EventStore;

namespace K12Hub.App.Tests.Operations;

public sealed class OutboxVerbTests : VerbTests
{
    [Fact]
    public async Task A_message_is_handled_in_its_district_and_in_no_other()
    {
        var id = await GivenUpAsync(Oak);

        Assert.Equal((2, Handled(id, false)), await RunAsync("outbox", "retry", $"{id}", "--json"));
        Assert.Empty(DeadLetters(await RunAsync("outbox", "status", "--json")));
        Assert.Equal([id], DeadLetters(await RunAsync("outbox", "status", "--json", "--district", "2")));

        Assert.Equal((0, Handled(id, true)), await RunAsync("outbox", "retry", $"{id}", "--json", "--district", "2"));
        Assert.Empty(DeadLetters(await RunAsync("outbox", "status", "--json", "--district", "2")));
    }

    [Fact]
    public async Task A_message_of_another_district_is_not_discarded()
    {
        var id = await GivenUpAsync(Oak);

        Assert.Equal((2, Handled(id, false)), await RunAsync("outbox", "discard", $"{id}", "--json"));
        Assert.Equal((0, Handled(id, true)), await RunAsync("outbox", "discard", $"{id}", "--json", "--district", "2"));
    }

    private static string Handled(long id, bool done) => $$"""{"id":{{id}},"done":{{(done ? "true" : "false")}}}""";

    private static IEnumerable<long> DeadLetters((int ExitCode, string Output) answer) =>
        Json(answer).GetProperty("deadLetters").EnumerateArray().Select(letter => letter.GetProperty("id").GetInt64());

    /// <summary>A message as a dispatcher leaves it that has tried eight times.</summary>
    private async Task<long> GivenUpAsync(DistrictId district)
    {
        await using var store = Open();
        await using var session = store.LightweightSession(district);
        session.Outbox.Publish("mail.send", "late-bus", new { To = "ana" });
        await session.SaveChangesAsync(HubProcess.Ct);
        await using var giveUp = store.OwnerDataSource.CreateCommand(
            "update es.outbox set dead_at = now(), error = 'unreachable' returning id");
        return (long)(await giveUp.ExecuteScalarAsync(HubProcess.Ct))!;
    }
}
