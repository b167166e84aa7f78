namespace K12Hub.Hosting.Tests;

/// <summary>A command that is sent again has no second effect.</summary>
public sealed class IdempotencyTests : IAsyncLifetime
{
    private ClubHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await ClubHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task The_same_key_changes_nothing_and_answers_as_the_first_time()
    {
        var id = await hub.OpenAsync("Chess");
        var first = await hub.PayloadAsync($"joinClub(input: {{id: \"{id}\", members: 2}})", "k1");
        await hub.PayloadAsync($"renameClub(input: {{id: \"{id}\", name: \"Go\"}})");

        var again = await hub.PayloadAsync($"joinClub(input: {{id: \"{id}\", members: 2}})", "k1");

        Assert.Equal($$"""{"club":{"id":"{{id}}","name":"Chess","taken":2},"errors":null}""", first.GetRawText());
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(3, await hub.EventsAsync());
    }

    [Fact]
    public async Task What_was_done_is_answered_though_it_would_be_refused_now()
    {
        var id = await hub.OpenAsync("Chess", seats: 2);
        var first = await hub.PayloadAsync($"joinClub(input: {{id: \"{id}\", members: 2}})", "k1");

        var again = await hub.PayloadAsync($"joinClub(input: {{id: \"{id}\", members: 2}})", "k1");

        Assert.Equal(first.GetRawText(), again.GetRawText());
    }

    [Fact]
    public async Task What_needed_no_event_is_not_done_later_either()
    {
        var id = await hub.OpenAsync("Chess");
        await hub.PayloadAsync($"renameClub(input: {{id: \"{id}\", name: \"Chess\"}})", "k1");
        await hub.PayloadAsync($"renameClub(input: {{id: \"{id}\", name: \"Go\"}})");

        await hub.PayloadAsync($"renameClub(input: {{id: \"{id}\", name: \"Chess\"}})", "k1");

        Assert.Equal(
            """{"data":{"clubs":{"nodes":[{"name":"Go"}]}}}""",
            (await hub.AskAsync("{ clubs { nodes { name } } }")).GetRawText());
    }

    [Fact]
    public async Task The_same_key_with_another_command_is_refused()
    {
        var id = await hub.OpenAsync("Chess");
        await hub.PayloadAsync($"joinClub(input: {{id: \"{id}\", members: 2}})", "k1");

        var other = await hub.PayloadAsync($"joinClub(input: {{id: \"{id}\", members: 3}})", "k1");

        Assert.Equal(
            """[{"code":"command.key_reused","path":[]}]""", other.GetProperty("errors").GetRawText());
        Assert.Equal(2, await hub.EventsAsync());
    }

    [Fact]
    public async Task Sent_twenty_times_at_once_a_club_is_opened_once()
    {
        const string Open = """openClub(input: {name: "Chess", seats: 8})""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => hub.PayloadAsync(Open, "k1")));

        Assert.Single(answers.Select(answer => answer.GetRawText()).Distinct());
        Assert.Equal(1, await hub.EventsAsync());
    }

    [Fact]
    public async Task Sent_a_hundred_times_at_once_seats_are_taken_once_and_all_get_one_answer()
    {
        var id = await hub.OpenAsync("Chess");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            hub.PayloadAsync($"joinClub(input: {{id: \"{id}\", members: 2}})", "k1")));

        Assert.Equal(
            $$"""{"club":{"id":"{{id}}","name":"Chess","taken":2},"errors":null}""",
            Assert.Single(answers.Select(answer => answer.GetRawText()).Distinct()));
        Assert.Equal(2, await hub.EventsAsync());
    }

    [Fact]
    public async Task Two_commands_of_one_request_have_the_key_each_for_itself()
    {
        const string Open = """
            mutation {
              a: openClub(input: {name: "Chess", seats: 8}) { errors { code } }
              b: openClub(input: {name: "Chess", seats: 8}) { errors { code } }
            }
            """;

        await hub.AskAsync(Open, "k1");
        await hub.AskAsync(Open, "k1");

        Assert.Equal(2, await hub.EventsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("long")]
    public async Task A_key_is_1_to_255_characters(string key)
    {
        var answer = await hub.AskAsync("{ clubs { totalCount } }", key.Length == 0 ? key : new string('k', 256));

        Assert.Contains("Idempotency-Key", answer.GetProperty("errors")[0].GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }
}
