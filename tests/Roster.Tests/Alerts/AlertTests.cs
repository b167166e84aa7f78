using K12Hub.EventStore;
using K12Hub.Testing;

namespace K12Hub.Roster.Tests.Alerts;

/// <summary>What is wrong with a source is told once, however long it lasts, and is over when it is over.</summary>
public sealed class AlertTests : IAsyncLifetime
{
    private const string Ask = "{ alerts(includeEnded: true, order: [{ raisedAt: ASC }]) "
        + "{ nodes { kind source endedAt acknowledgedAt run { status } } } }";

    private readonly ManualTime time = new(new(2026, 9, 7, 2, 0, 0, TimeSpan.Zero));
    private TestDistrict district = null!;
    private RosterHub hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        district = await TestDistrict.CreateAsync(time);
        await district.ImportAsync(Package.Version12());
        hub = RosterHub.Of(district, time, ("OneRoster:Folders:sis", "/nowhere"));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_source_that_is_stale_is_told_once_until_it_is_read_again()
    {
        await LookAsync();
        Assert.Empty(await ToldAsync());

        time.Advance(TimeSpan.FromHours(37));
        for (var night = 0; night < 3; night++)
        {
            await LookAsync();
            time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(["sourceStale"], await ToldAsync());
        Assert.Contains(
            """{"kind":"sourceStale","source":"sis","endedAt":null,"acknowledgedAt":null,"run":{"status":"applied"}}""",
            await hub.AskAsync(Ask), StringComparison.Ordinal);

        await district.ImportAsync(Package.Version12());
        await LookAsync();
        Assert.DoesNotContain("\"endedAt\":null", await hub.AskAsync(Ask), StringComparison.Ordinal);
        Assert.Equal("""{"data":{"alerts":{"totalCount":0}}}""", await hub.AskAsync("{ alerts { totalCount } }"));

        time.Advance(TimeSpan.FromHours(37));
        await LookAsync();
        Assert.Equal(["sourceStale", "sourceStale"], await ToldAsync());
    }

    [Fact]
    public async Task Runs_that_wait_night_after_night_are_told_once()
    {
        for (var night = 0; night < 3; night++)
        {
            time.Advance(TimeSpan.FromHours(1));
            await district.ImportAsync(
                Package.Version12().Change("users.csv", "Mía", $"Mia{night}"), proposeOnly: true);
            await LookAsync();
        }

        Assert.Equal(["runHeld"], await ToldAsync());

        var held = await district.OneAsync("select id from roster.sync_runs where status = 'held'");
        await district.Runs.RejectAsync(TestDistrict.Id, Guid.Parse(held), "Wrong file.", null, Ct);
        await LookAsync();
        Assert.Equal("1", await district.OneAsync("select count(*) from roster.alerts where ended_at is not null"));
    }

    [Fact]
    public async Task An_import_that_was_given_up_is_told_until_a_good_one_or_until_somebody_handles_it()
    {
        await district.OneAsync(
            """
            insert into es.outbox (tenant_id, kind, dedupe_key, payload, dead_at)
            values (1, 'job.roster.import', 'a', '{"id":"roster.import:sis"}', '2026-09-07 03:00+00'),
                   (1, 'roster.import_source', 'b', '{"source":"hr"}', '2026-09-07 03:00+00'),
                   (1, 'mail.send', 'c', '{"source":"sis"}', '2026-09-07 03:00+00');
            select ''
            """);
        await LookAsync();
        await LookAsync();
        Assert.Equal(["importGivenUp"], await ToldAsync());

        await district.OneAsync("delete from es.outbox where kind = 'job.roster.import'; select ''");
        await LookAsync();
        Assert.Equal("1", await district.OneAsync("select count(*) from roster.alerts where ended_at is not null"));
    }

    [Fact]
    public async Task Somebody_may_say_that_it_is_looked_after()
    {
        time.Advance(TimeSpan.FromHours(37));
        await LookAsync();
        var asked = await hub.AskAsync("{ alerts { nodes { id } } }");
        var id = asked.Split("\"id\":\"")[1].Split('"')[0];
        var acknowledge = $"mutation {{ acknowledgeAlert(input: {{ id: \"{id}\" }}) "
            + "{ alert { kind acknowledgedAt } errors { code } } }";

        var answer = await hub.AskAsync(acknowledge);

        Assert.Contains("\"kind\":\"sourceStale\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"acknowledgedAt\":null", answer, StringComparison.Ordinal);
        Assert.Equal(answer, await hub.AskAsync(acknowledge));
        await LookAsync();
        Assert.Equal(["sourceStale"], await ToldAsync());
        Assert.Contains("AUTH", await hub.AskAsync(acknowledge, "roster.runs.read"), StringComparison.Ordinal);
    }

    private async Task LookAsync() => Assert.Equal(OutboxResult.Done, await hub.RunAsync<AlertWatch>());

    private Task<List<string>> ToldAsync() => district.ListAsync(
        "select payload ->> 'kind' from es.outbox where kind = 'roster.alert' order by id");
}
