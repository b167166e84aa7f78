using System.Text.Json;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting.Tests.Clubs;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Hosting.Tests;

/// <summary>Commands as mutations: through HTTP, the door and PostgreSQL.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private ClubHub hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hub = await ClubHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_command_is_carried_out_and_its_row_answered()
    {
        var id = await hub.OpenAsync("Chess");

        var renamed = await hub.PayloadAsync($"renameClub(input: {{id: \"{id}\", name: \"Go\"}})");

        Assert.Equal($$"""{"club":{"id":"{{id}}","name":"Go","taken":0},"errors":null}""", renamed.GetRawText());
        var listed = await hub.AskAsync("{ clubs { nodes { id name } } }");
        Assert.Equal(
            $$$$"""{"data":{"clubs":{"nodes":[{"id":"{{{{id}}}}","name":"Go"}]}}}""", listed.GetRawText());
        Assert.Equal(2, await hub.EventsAsync());
    }

    [Fact]
    public async Task A_refusal_stands_in_the_payload_with_code_and_path()
    {
        var id = await hub.OpenAsync("Chess", seats: 2);

        var refused = await hub.PayloadAsync($"joinClub(input: {{id: \"{id}\", members: 3}})");

        Assert.Equal("""{"club":null,"errors":[{"code":"club.full","path":["members"]}]}""", refused.GetRawText());
        Assert.Equal(1, await hub.EventsAsync());
    }

    [Fact]
    public async Task What_is_not_there_is_refused() => Assert.Equal(
        """{"club":null,"errors":[{"code":"club.not_found","path":[]}]}""",
        (await hub.PayloadAsync($$"""renameClub(input: {id: "{{NodeId.Encode("Club", Guid.Empty)}}", name: "Go"})"""))
            .GetRawText());

    [Fact]
    public async Task What_is_so_already_writes_nothing()
    {
        var id = await hub.OpenAsync("Chess");

        var renamed = await hub.PayloadAsync($"renameClub(input: {{id: \"{id}\", name: \"Chess\"}})");

        Assert.Equal("Chess", renamed.GetProperty("club").GetProperty("name").GetString());
        Assert.Equal(1, await hub.EventsAsync());
    }

    [Theory]
    [InlineData("", "AUTH_NOT_AUTHENTICATED")]
    [InlineData(ClubsModule.Read, "AUTH_NOT_AUTHORIZED")]
    public async Task Who_may_not_is_told_before_anything_is_loaded(string permissions, string code)
    {
        var answer = await hub.AskAsync(
            """mutation { openClub(input: {name: "Chess", seats: 8}) { errors { code } } }""", permissions, null);

        Assert.Equal(code, answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(0, await hub.EventsAsync());
    }

    [Fact]
    public async Task The_door_asks_for_itself_for_callers_that_are_no_fields()
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var door = scope.ServiceProvider.GetRequiredService<CommandDoor>();

        var nobody = await door.RunAsync(JoinClub.Command, new(default, 1), cancellationToken: Ct);
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer =
            Viewer.Of(Viewer.Principal("sam", ClubHub.District, [ClubsModule.Read]));
        var reader = await door.RunAsync(JoinClub.Command, new(default, 1), cancellationToken: Ct);

        Assert.Equal(Refusal.NotAllowed, nobody.Refusal);
        Assert.Equal(Refusal.NotAllowed, reader.Refusal);
    }

    [Fact]
    public async Task A_policy_may_depend_on_what_the_command_is_about()
    {
        await using var choosy = await ClubHub.StartAsync(new NotChess());
        var chess = await choosy.OpenAsync("Chess");
        var art = await choosy.OpenAsync("Art");

        Assert.Equal(
            """[{"code":"auth.not_authorized","path":[]}]""",
            (await choosy.PayloadAsync($"joinClub(input: {{id: \"{chess}\", members: 1}})"))
                .GetProperty("errors").GetRawText());
        Assert.Equal(
            JsonValueKind.Null,
            (await choosy.PayloadAsync($"joinClub(input: {{id: \"{art}\", members: 1}})"))
                .GetProperty("errors").ValueKind);
    }

    [Fact]
    public async Task Every_command_is_two_statements_of_the_store()
    {
        var id = await hub.OpenAsync("Chess");
        using var trips = new RoundTrips(hub.Store);

        await hub.PayloadAsync($"joinClub(input: {{id: \"{id}\", members: 1}})", key: "k1");

        Assert.Equal(2, trips.Count);
    }

    [Fact]
    public async Task The_actor_stands_in_the_log()
    {
        await hub.OpenAsync("Chess");

        var page = await hub.Store.Feed.ReadSettledAsync(ClubHub.District, 0, 10, null, Ct);

        Assert.Equal("ms-reyes", Assert.Single(page.Events).Metadata.Actor);
    }

    private sealed class NotChess : ICommandPolicy
    {
        public bool May(Viewer viewer, string policy, object? subject) => subject is not Club { Name: "Chess" };
    }
}
