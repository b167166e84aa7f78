using System.Text.Json;
using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace K12Hub.Hosting.Tests.Policy;

/// <summary>What is private is seen by the team of its topic, whatever role others have, and by whom it was opened to
/// for some hours. The bus topic has an open and a private note, both about Lincoln; Ms. Reyes owns it, Principal
/// Okafor leads Lincoln, two others administer the district.</summary>
public sealed class PrivateTests : IAsyncLifetime
{
    private static readonly Guid Lincoln = new("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Bus = new("00000000-0000-4000-8000-000000000002");
    private static readonly Guid Food = new("00000000-0000-4000-8000-000000000003");
    private static readonly Guid Secret = new("00000000-0000-4000-8000-000000000004");
    private static readonly Guid Reyes = new("00000000-0000-4000-8000-00000000000a");
    private static readonly Guid Okafor = new("00000000-0000-4000-8000-00000000000b");
    private static readonly Guid First = new("00000000-0000-4000-8000-00000000000c");
    private static readonly Guid Second = new("00000000-0000-4000-8000-00000000000d");
    private static readonly Guid Cook = new("00000000-0000-4000-8000-00000000000e");

    private readonly ManualTime time = new(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private ClubHub hub = null!;

    private static string SecretId => NodeId.Encode("Note", Secret)!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub = await ClubHub.StartAsync(time: time, more: hub => hub.Services.AddSingleton(new GrantHolders(
            "select id, 'account' from unnest($2::uuid[]) id where $1::smallint = 1 and $3::timestamptz is not null")));
        await hub.Store.ApplySchemaAsync(Ct);
        await hub.TextAsync(
            $"""
            insert into notes.notes_v1 (tenant_id, id, school_id, topic_id, is_private, text) values
              (1, '{Secret}', '{Lincoln}', '{Bus}', true, 'secret'),
              (1, '{Lincoln}', '{Lincoln}', '{Bus}', false, 'open'),
              (1, '{Food}', '{Food}', null, true, 'nobody''s')
            """);
        await using var session = hub.Store.LightweightSession(ClubHub.District);
        Give(session, Reyes, Roles.TopicOwner, [], [Bus]);
        Give(session, Cook, Roles.TopicOwner, [], [Food]);
        Give(session, Okafor, Roles.SchoolAdministrator, [Lincoln], []);
        Give(session, First, Roles.DistrictAdministrator, [], []);
        Give(session, Second, Roles.DistrictAdministrator, [], []);
        await session.SaveChangesAsync(Ct);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Its_team_sees_it_and_nobody_else_whatever_role_they_have()
    {
        Assert.Equal(("open secret", 2, 1, true), await SeenAsync(Reyes));
        foreach (var other in new[] { Okafor, First }) Assert.Equal(("open", 1, 0, false), await SeenAsync(other));
        Assert.Equal(("", 0, 0, false), await SeenAsync(Cook));
    }

    [Fact]
    public async Task It_is_open_for_some_hours_when_a_second_person_agreed_and_no_longer()
    {
        var use = await AskedAsync(Okafor);
        Assert.Equal(("open", 1, 0, false), await SeenAsync(Okafor));

        Assert.Equal("", await CodeAsync(First, Approving(use)));
        Assert.Equal(("open secret", 2, 1, true), await SeenAsync(Okafor));
        Assert.Equal(("open", 1, 0, false), await SeenAsync(First));
        time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        Assert.Equal(("open secret", 2, 1, true), await SeenAsync(Okafor));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("open", 1, 0, false), await SeenAsync(Okafor));
    }

    [Fact]
    public async Task Nobody_agrees_to_what_they_asked_for()
    {
        var use = await AskedAsync(First);

        Assert.Equal("breakGlass.second_person", await CodeAsync(First, Approving(use)));
        Assert.Equal("AUTH_NOT_AUTHORIZED", await CodeAsync(Okafor, Approving(use)));
        Assert.False((await SeenAsync(First)).ById);
    }

    [Theory]
    [InlineData("reason: \" \"", "breakGlass.reason")]
    [InlineData("reason: \"Fire.\", hours: 0", "breakGlass.hours")]
    [InlineData("reason: \"Fire.\", hours: 25", "breakGlass.hours")]
    public async Task It_takes_a_reason_and_some_hours(string input, string code) =>
        Assert.Equal(code, await CodeAsync(First, Requesting(SecretId, input)));

    [Fact]
    public async Task What_one_could_not_see_anyway_answers_as_what_there_is_not()
    {
        var absent = NodeId.Encode("Note", Guid.NewGuid())!;
        var elsewhere = NodeId.Encode("Note", Food)!;

        Assert.Equal("object.not_found", await CodeAsync(Okafor, Requesting(absent, "reason: \"Fire.\"")));
        Assert.Equal("object.not_found", await CodeAsync(Okafor, Requesting(elsewhere, "reason: \"Fire.\"")));
        Assert.Equal("breakGlass.seen", await CodeAsync(
            Okafor, Requesting(NodeId.Encode("Note", Lincoln)!, "reason: \"Fire.\"")));
    }

    [Fact]
    public async Task Its_team_is_told_and_sees_who_asked_and_why_and_other_teams_do_not()
    {
        Assert.Equal("", await CodeAsync(First, Approving(await AskedAsync(Okafor))));

        var uses = await AskAsync(Reyes, "{ breakGlassUses { nodes { requestedBy approvedBy reason objectId } } }");
        var others = await AskAsync(Cook, "{ breakGlassUses { totalCount } }");

        Assert.Contains(
            $"\"requestedBy\":\"{Okafor}\",\"approvedBy\":\"{First}\",\"reason\":\"Fire.\",\"objectId\":\"{SecretId}\"",
            uses.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"totalCount\":0", others.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_had_no_part_in_it_notes_that_they_looked_and_until_then_it_is_among_the_unseen()
    {
        var use = await AskedAsync(Okafor);
        Assert.Equal("breakGlass.not_opened", await CodeAsync(Reyes, Seeing(use)));
        Assert.Equal(0, await UnseenAsync());
        Assert.Equal("", await CodeAsync(First, Approving(use)));
        Assert.Equal(1, await UnseenAsync());

        Assert.Equal("breakGlass.third_person", await CodeAsync(First, Seeing(use)));
        Assert.Equal("AUTH_NOT_AUTHORIZED", await CodeAsync(Okafor, Seeing(use)));
        Assert.Equal("breakGlass.not_found", await CodeAsync(Cook, Seeing(use)));
        Assert.Equal("breakGlass.still_open", await CodeAsync(Reyes, Seeing(use)));
        Assert.Equal(1, await UnseenAsync());
        time.Advance(TimeSpan.FromHours(5));
        foreach (var looks in new[] { Reyes, Reyes, Second }) Assert.Equal("", await CodeAsync(looks, Seeing(use)));

        Assert.Equal(0, await UnseenAsync());
        Assert.Contains(
            $"\"seenBy\":\"{Reyes}\",\"seenAt\":\"2026-11-30T13:00:00Z\"",
            (await AskAsync(Second, "{ breakGlassUses { nodes { seenBy seenAt } } }")).GetRawText(),
            StringComparison.Ordinal);
        Assert.Equal("1", await hub.TextAsync("select count(*) from es.events where type = 'policy.break_glass_seen'"));
    }

    [Fact]
    public async Task The_notice_goes_to_each_of_its_team()
    {
        Assert.Equal("", await CodeAsync(First, Approving(await AskedAsync(Okafor))));
        var owed = JsonSerializer.Deserialize<BreakGlassNotice>(
            await hub.TextAsync("select payload from es.outbox where kind = 'policy.break_glass'"),
            hub.Store.Options.Events.Json)!;
        var lines = new Lines();
        var delivery = new OutboxDelivery(
            1, ClubHub.District, BreakGlassDesk.Message, "", time.GetUtcNow(), 1, 8, new EventMetadata());

        await new BreakGlassLog(hub.Store, time, lines).SendAsync(owed, delivery, Ct);

        Assert.StartsWith($"For account {Reyes}: the private Note {Secret}", Assert.Single(lines.All));
    }

    [Fact]
    public async Task Whom_it_was_opened_to_is_told_among_those_who_can_see_it()
    {
        var before = await NamedAsync();
        Assert.Equal("", await CodeAsync(First, Approving(await AskedAsync(Okafor))));
        var during = await NamedAsync();
        time.Advance(TimeSpan.FromHours(3));

        Assert.Equal([Reyes.ToString()], before);
        Assert.Equal([Reyes.ToString(), Okafor.ToString()], during);
        Assert.Equal([Reyes.ToString()], await NamedAsync());
    }

    private static void Give(IDocumentSession session, Guid account, Role role, Guid[] schools, Guid[] topics) =>
        session.Events.StartStream<Grant>(Guid.CreateVersion7(), new GrantEvent.Given(
            account, role.Name, schools, topics, new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), null, "Asked."));

    private static string Requesting(string id, string input) =>
        $"mutation {{ requestBreakGlass(input: {{ object: \"{id}\", {input} }}) "
        + "{ askedBreakGlass { useId } errors { code } } }";

    private static string Approving(string use) =>
        $"mutation {{ approveBreakGlass(input: {{ id: \"{use}\" }}) "
        + "{ breakGlass { openUntil } errors { code } } }";

    private static string Seeing(string use) =>
        $"mutation {{ acknowledgeBreakGlass(input: {{ id: \"{use}\" }}) "
        + "{ breakGlass { seenBy } errors { code } } }";

    private async Task<int> UnseenAsync() =>
        (await AskAsync(Reyes, "{ breakGlassUses(unseen: true) { totalCount } }")).GetProperty("data")
        .GetProperty("breakGlassUses").GetProperty("totalCount").GetInt32();

    private async Task<string> AskedAsync(Guid account)
    {
        var answer = await AskAsync(account, Requesting(SecretId, "reason: \"Fire.\", hours: 2"));
        return answer.GetProperty("data").GetProperty("requestBreakGlass").GetProperty("askedBreakGlass")
            .GetProperty("useId").GetString()!;
    }

    private async Task<string[]> NamedAsync()
    {
        var answer = await AskAsync(First, $"{{ whoCanSee(id: \"{SecretId}\") {{ nodes {{ accountId }} }} }}");
        return
        [
            .. answer.GetProperty("data").GetProperty("whoCanSee").GetProperty("nodes").EnumerateArray()
                .Select(one => one.GetProperty("accountId").GetString()!),
        ];
    }

    /// <summary>The code of a refusal, of the mutation or of the field; empty where there is none.</summary>
    private async Task<string> CodeAsync(Guid account, string mutation)
    {
        var answer = await AskAsync(account, mutation);
        if (answer.TryGetProperty("errors", out var refused))
        {
            return refused[0].GetProperty("extensions").GetProperty("code").GetString()!;
        }

        var errors = Assert.Single(answer.GetProperty("data").EnumerateObject()).Value.GetProperty("errors");
        return errors.ValueKind is JsonValueKind.Null ? "" : errors[0].GetProperty("code").GetString()!;
    }

    /// <summary>What somebody sees of the notes: their texts, their count, how many a filter for the secret one finds,
    /// and whether it is found by its id.</summary>
    private async Task<(string Texts, int Count, int Filtered, bool ById)> SeenAsync(Guid account)
    {
        var data = (await AskAsync(account,
            $$"""
            {
              notes { totalCount nodes { text } }
              filtered: notes(where: { text: { eq: "secret" } }) { totalCount }
              node(id: "{{SecretId}}") { id }
            }
            """)).GetProperty("data");
        var notes = data.GetProperty("notes");
        return (
            string.Join(' ', notes.GetProperty("nodes").EnumerateArray().Select(note => note.GetProperty("text"))),
            notes.GetProperty("totalCount").GetInt32(),
            data.GetProperty("filtered").GetProperty("totalCount").GetInt32(),
            data.GetProperty("node").ValueKind is not JsonValueKind.Null);
    }

    private async Task<JsonElement> AskAsync(Guid account, string document) => await hub.AskAsync(
        document, await hub.Services.GetRequiredService<IViewerGrants>().ViewerOfAsync(ClubHub.District, account, Ct));

    private sealed class Lines : ILogger<BreakGlassLog>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => All.Add(formatter(state, exception));
    }
}
