using K12Hub.EventStore;
using K12Hub.Hosting.Tests.Clubs;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Hosting.Tests;

/// <summary>A command that loses a race decides again on what the winner left, three times.</summary>
public sealed class RaceTests : IAsyncLifetime
{
    private ClubHub hub = null!;
    private Guid club;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub = await ClubHub.StartAsync();
        await hub.OpenAsync("Chess", seats: 10);
        club = (await hub.Store.Feed.ReadSettledAsync(ClubHub.District, 0, 1, null, Ct)).Events[0].StreamId;
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData(0, null, 1)]
    [InlineData(3, null, 4)]
    [InlineData(4, "command.conflict", 4)]
    public async Task A_lost_race_is_run_again_three_times(int races, string? code, int decisions)
    {
        var decided = 0;
        var result = await RunAsync((state, command) =>
        {
            if (decided++ < races) Overtake();
            return JoinClub.Decide(state, command);
        });

        Assert.Equal(code, result.Refusal?.Code);
        Assert.Equal(decisions, decided);
    }

    [Fact]
    public async Task Who_gives_up_says_what_others_did_meanwhile()
    {
        var result = await RunAsync((state, command) =>
        {
            Overtake();
            return JoinClub.Decide(state, command);
        });

        Assert.Equal(
            [(2, "clubs.joined", "person:7"), (3, "clubs.joined", "person:7"), (4, "clubs.joined", "person:7"),
                (5, "clubs.joined", "person:7")],
            result.Refusal!.Meanwhile.Select(change => (change.Version, change.Type, change.Actor!)));
    }

    [Fact]
    public async Task A_conflict_is_typed_in_the_schema()
    {
        ClubHub? asked = null;
        await using var hub = asked = await ClubHub.StartAsync(new Overtaken(() => asked!));
        var id = await hub.OpenAsync("Chess");

        var answer = await hub.AskAsync(
            $$"""
            mutation {
              joinClub(input: {id: "{{id}}", members: 1}) {
                errors { code path ... on ConflictError { changes { version type actor } } }
              }
            }
            """);

        Assert.Equal(
            """
            {"code":"command.conflict","path":[],"changes":[
            {"version":2,"type":"clubs.joined","actor":"person:7"},
            {"version":3,"type":"clubs.joined","actor":"person:7"},
            {"version":4,"type":"clubs.joined","actor":"person:7"},
            {"version":5,"type":"clubs.joined","actor":"person:7"}]}
            """.ReplaceLineEndings(""),
            answer.GetProperty("data").GetProperty("joinClub").GetProperty("errors")[0].GetRawText());
    }

    [Fact]
    public async Task The_next_turn_sees_what_the_winner_left()
    {
        var decided = 0;
        var result = await RunAsync((state, command) =>
        {
            if (decided++ == 0) Overtake(members: 9);
            return JoinClub.Decide(state, command);
        });

        Assert.Equal(ClubRefusals.Full.Code, result.Refusal?.Code);
    }

    [Fact]
    public async Task What_is_archived_is_refused()
    {
        await using var session = hub.Store.LightweightSession(ClubHub.District);
        session.Events.ArchiveStream(club);
        await session.SaveChangesAsync(Ct);

        Assert.Equal(Refusal.Archived, (await RunAsync(JoinClub.Decide)).Refusal);
    }

    private async Task<CommandResult<Club>> RunAsync(Func<Club, JoinClub, Decision<ClubEvent>> decide)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer =
            Viewer.Of(Viewer.Principal("ms-reyes", ClubHub.District, [ClubsModule.Write]));
        var type = JoinClub.Command with { Decide = (state, command, _) => decide(state!, command) };
        return await scope.ServiceProvider.GetRequiredService<CommandDoor>()
            .RunAsync(type, new JoinClub(club, 2), cancellationToken: Ct);
    }

    /// <summary>Another writer, between loading and saving.</summary>
    private void Overtake(int members = 0) => Overtake(hub.Store, club, members);

    private static void Overtake(DocumentStore store, Guid club, int members)
    {
        var session = store.LightweightSession(ClubHub.District, new EventMetadata("person:7"));
        session.Events.Append<Club>(club, ExpectedVersion.Any, new ClubEvent.Joined(members));
        session.SaveChangesAsync(Ct).GetAwaiter().GetResult();
    }

    /// <summary>Lets another writer be faster whenever a club is about to be changed.</summary>
    private sealed class Overtaken(Func<ClubHub> hub) : ICommandPolicy
    {
        public bool May(Viewer viewer, string policy, object? subject)
        {
            if (subject is Club { IsOpen: true } club) Overtake(hub().Store, club.Id, 0);
            return viewer.May(policy);
        }
    }
}
