using System.Text.Json.Nodes;
using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.Testing;
using Npgsql;

namespace K12Hub.Roster.Tests;

/// <summary>Whoever left is erased when the schedule says so, and nobody else. Mia and Ms. Reyes leave on the first of
/// June 2027; Leo stays, and so does Ana, their mother.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private static readonly Guid Mia = Person("mia");
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Leaving = new(2027, 6, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly ManualTime time = new(Start);
    private RosterHub hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var district = await TestDistrict.CreateAsync(time);
        district.Limits = new() { GraceDays = 0, HoldAboveKindPercent = 100, HoldAboveSchoolPercent = 100 };
        await district.ImportAsync(Everybody());
        time.Advance(Leaving - Start);
        await district.ImportAsync(Everybody().Without("users.csv", "mia", "reyes").Without("roles.csv", "r3", "r4")
            .Without("demographics.csv", "mia"));
        hub = RosterHub.Of(district, time);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Everything_is_kept_until_somebody_decides()
    {
        time.Advance(TimeSpan.FromDays(36_500));

        var shown = (await AskAsync("{ retentionSchedules { kind keepFor meaning } }"))[
            "retentionSchedules"]!.AsArray();
        Assert.Equal(
            ["Kept until decided.", "Kept until decided.", "Kept until decided.", "Kept until decided.",
                "Kept as long as the record of the student."],
            shown.Select(one => (string)one!["meaning"]!));
        await RunAsync();
        Assert.Equal("0", await ErasedAsync());
    }

    [Fact]
    public async Task One_proposes_and_another_puts_it_into_force()
    {
        await ProposeAsync("STUDENTS", "P5Y");
        Assert.Equal("retention.same_person", await ChangeAsync("reyes", Approve("STUDENTS", "P5Y")));
        await ProposeAsync("STUDENTS", "P1Y");
        Assert.Equal("retention.changed", await ChangeAsync("okafor", Approve("STUDENTS", "P5Y")));
        time.Advance(TimeSpan.FromDays(800));
        await RunAsync();
        Assert.Equal("0", await ErasedAsync());

        Assert.Equal("", await ChangeAsync("okafor", Approve("STUDENTS", "P1Y")));
        var one = (await AskAsync("{ retentionSchedules { kind keepFor basis setBy approvedBy proposedKeepFor } }"))[
            "retentionSchedules"]![0]!;
        Assert.Equal(
            ("P1Y", "State rule 12", "reyes", "okafor", null),
            ((string?)one["keepFor"], (string?)one["basis"], (string?)one["setBy"], (string?)one["approvedBy"],
                (string?)one["proposedKeepFor"]));
        await RunAsync();
        Assert.Equal("1", await ErasedAsync());
    }

    [Fact]
    public async Task Whoever_left_goes_on_the_day_and_the_certificate_names_the_schedule()
    {
        await InForceAsync("STUDENTS", "P5Y");
        time.Advance(new DateTimeOffset(2032, 6, 1, 7, 59, 0, TimeSpan.Zero) - time.GetUtcNow());
        await RunAsync();
        Assert.Equal("0", await ErasedAsync());

        time.Advance(TimeSpan.FromMinutes(2));
        await RunAsync();
        await RunAsync();

        Assert.Equal(SubjectState.Erased, await StateAsync(Mia));
        foreach (var kept in (string[])["leo", "reyes"])
            Assert.Equal(SubjectState.Known, await StateAsync(Person(kept)));
        Assert.Equal(
            ["erased Retention schedule: students P5Y (State rule 12) roster.retention"],
            await hub.District.ListAsync("select concat_ws(' ', state, reason, requested_by) from roster.erasures"));
        Assert.Equal(
            ["""{"people":1,"findings":0}"""],
            await hub.District.ListAsync("select detail::text from es.audit_records where action = 'retention.run'"));
        var dump = await PgDump.TextAsync(hub.District.ConnectionString, Ct);
        Assert.DoesNotContain("Mía", dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_and_an_open_request_beat_the_schedule_and_the_preview_says_so()
    {
        await InForceAsync("STUDENTS", "P1Y");
        time.Advance(TimeSpan.FromDays(400));
        var hold = (string)(await MutateAsync(
            $"placeHold(input: {{ personId: \"{Id("mia")}\", reason: \"case 9\" }}) {{ legalHold {{ id }} }}"))[
                "legalHold"]!["id"]!;
        var request = (string)(await MutateAsync(
            $"requestAmendment(input: {{ studentId: \"{Id("mia")}\", what: \"Name\", why: \"It is Mía.\" }}) "
            + "{ amendment { id } }"))["amendment"]!["id"]!;

        Assert.Equal("0 1 hold", await PreviewAsync());
        await RunAsync();
        await MutateAsync($"releaseHold(input: {{ id: \"{hold}\", reason: \"settled\" }}) {{ errors {{ code }} }}");
        Assert.Equal("0 1 openRequest", await PreviewAsync());
        await RunAsync();
        Assert.Equal("0", await ErasedAsync());

        await MutateAsync($"acceptAmendment(input: {{ id: \"{request}\" }}) {{ errors {{ code }} }}");
        Assert.Equal("1 0 ", await PreviewAsync());
        await RunAsync();
        Assert.Equal("1", await ErasedAsync());
        Assert.Equal("0 0 none", await PreviewAsync());
    }

    [Fact]
    public async Task What_waits_can_be_looked_at_before_it_is_approved_page_by_page()
    {
        await ProposeAsync("STUDENTS", "P1Y");
        await ProposeAsync("STAFF", "P1Y");
        time.Advance(TimeSpan.FromDays(400));

        Assert.Equal("0 0 none", await PreviewAsync());
        var seen = new List<string>();
        for (string? after = null; seen.Count == 0 || after is not null;)
        {
            var page = (await AskAsync(
                $"{{ retentionDue(proposed: true, first: 1{(after is null ? "" : $", after: \"{after}\"")}) "
                + "{ nodes { leftAt schedule person { familyName } } pageInfo { hasNextPage endCursor } } }"))[
                    "retentionDue"]!;
            seen.AddRange(page["nodes"]!.AsArray().Select(one =>
                $"{one!["person"]!["familyName"]} {one["schedule"]} {one["leftAt"]}"));
            after = (bool)page["pageInfo"]!["hasNextPage"]! ? (string)page["pageInfo"]!["endCursor"]! : null;
        }

        Assert.Equal(
            ["Ortiz students P1Y (State rule 12) 2027-06-01T08:00:00Z",
                "Reyes staff P1Y (State rule 12) 2027-06-01T08:00:00Z"],
            seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_was_of_two_kinds_is_kept_by_the_longer_and_where_one_has_none_until_decided()
    {
        await hub.District.ListAsync($"update roster.people_v1 set is_staff = true where id = '{Mia}'");
        await InForceAsync("STUDENTS", "P1Y");
        time.Advance(TimeSpan.FromDays(400));
        await RunAsync();
        await InForceAsync("STAFF", "P2Y");
        await RunAsync();
        Assert.Equal("0", await ErasedAsync());

        time.Advance(TimeSpan.FromDays(400));
        await RunAsync();
        Assert.Equal("2", await ErasedAsync()); // And Ms. Reyes.
    }

    [Theory]
    [InlineData(
        "insert into roster.person_links_v1 (tenant_id, record_id, person_id) "
        + "values (1, '{mia}', '{mia}'), (1, '{leo}', '{mia}')")]
    [InlineData("update roster.person_roles_v1 set ended_at = null where person_id = '{mia}'")]
    [InlineData("update roster.relations_v1 set guardian_id = '{mia}' where student_id = '{leo}'")]
    public async Task Who_is_there_in_some_other_way_is_kept(string sql)
    {
        await InForceAsync("STUDENTS", "P1Y");
        time.Advance(TimeSpan.FromDays(400));
        await hub.District.ListAsync(sql.Replace("{mia}", $"{Mia}", StringComparison.Ordinal)
            .Replace("{leo}", $"{Person("leo")}", StringComparison.Ordinal));

        await RunAsync();
        Assert.Equal("0", await ErasedAsync());
    }

    [Fact]
    public async Task What_was_cut_off_is_done_again_until_there_is_a_certificate()
    {
        await InForceAsync("STUDENTS", "P1Y");
        time.Advance(TimeSpan.FromDays(400));
        await hub.District.Store.Erasure.EraseSubjectAsync(TestDistrict.Id, Mia, "cut off", "test", Ct);

        await RunAsync();
        await RunAsync();
        Assert.Equal("1", await ErasedAsync());
        Assert.Equal("2", await hub.District.OneAsync("select count(*) from es.erasures"));
    }

    [Fact]
    public async Task While_an_import_goes_on_nobody_is_erased_and_the_run_comes_again()
    {
        await InForceAsync("STUDENTS", "P1Y");
        time.Advance(TimeSpan.FromDays(400));
        await using var import = new NpgsqlConnection(hub.District.ConnectionString);
        await import.OpenAsync(Ct);
        await using (var hold = new NpgsqlCommand($"select pg_advisory_lock({StagingArea.LockNumber}, 1)", import))
        {
            await hold.ExecuteNonQueryAsync(Ct);
        }

        Assert.Equal("roster.importing", (await hub.RunAsync<RetentionRun>()).Code);
        Assert.Equal("0", await ErasedAsync());
        await import.CloseAsync();
        NpgsqlConnection.ClearPool(import);
        await RunAsync();
        Assert.Equal("1", await ErasedAsync());
    }

    [Fact]
    public async Task Whoever_came_back_is_not_erased()
    {
        await InForceAsync("STUDENTS", "P1Y");
        time.Advance(TimeSpan.FromDays(400));
        await hub.District.ImportAsync(Everybody());

        await RunAsync();
        Assert.Equal("0", await ErasedAsync());
    }

    [Fact]
    public async Task Findings_of_imports_go_by_their_own_schedule_and_stay_while_anybody_is_held()
    {
        time.Advance(TimeSpan.FromMinutes(1));
        await hub.District.ImportAsync(
            Everybody().With("users.csv", "zoe,,,true,zoe,,Zoe,Doe,,,,,,nobody,,,,,,,lincoln,"));
        Assert.NotEqual("0", await hub.District.OneAsync("select count(*) from roster.sync_findings"));
        await InForceAsync("RUN_FINDINGS", "P30D");
        time.Advance(TimeSpan.FromDays(31));
        await MutateAsync(
            $"placeHold(input: {{ personId: \"{Id("leo")}\", reason: \"case 9\" }}) {{ errors {{ code }} }}");
        await RunAsync();
        Assert.NotEqual("0", await hub.District.OneAsync("select count(*) from roster.sync_findings"));
        await hub.District.ListAsync("update roster.legal_holds_v1 set released_at = now()");
        var count = await hub.District.OneAsync("select count(*) from roster.sync_findings");
        var preview = (await AskAsync("{ retentionPreview { kind due kept } }"))["retentionPreview"]![3]!;
        Assert.Equal($$"""{"kind":"RUN_FINDINGS","due":{{count}},"kept":0}""", preview.ToJsonString());
        await RunAsync();
        Assert.Equal("0", await hub.District.OneAsync("select count(*) from roster.sync_findings"));
    }

    private static Guid Person(string sourcedId) => RosterId.Of("sis", "users", sourcedId);

    private static string Id(string sourcedId) => NodeId.Encode("Student", Person(sourcedId))!;

    private static Package Everybody() => Package.Version12();

    private static string Approve(string kind, string keepFor) =>
        $"approveRetention(input: {{ kind: {kind}, keepFor: \"{keepFor}\" }})";

    private async Task ProposeAsync(string kind, string keepFor) => Assert.Equal("", await ChangeAsync(
        "reyes", $"setRetention(input: {{ kind: {kind}, keepFor: \"{keepFor}\", basis: \"State rule 12\" }})"));

    private async Task InForceAsync(string kind, string keepFor)
    {
        await ProposeAsync(kind, keepFor);
        Assert.Equal("", await ChangeAsync("okafor", Approve(kind, keepFor)));
    }

    private async Task RunAsync() => Assert.Equal(OutboxResult.Done, await hub.RunAsync<RetentionRun>());

    private Task<string> ErasedAsync() =>
        hub.District.OneAsync("select count(*) from roster.erasures where state = 'erased'");

    private Task<SubjectState> StateAsync(Guid person) =>
        hub.District.Store.Erasure.FindSubjectAsync(TestDistrict.Id, person, Ct);

    /// <summary>How many students are due and kept, and what keeps the first.</summary>
    private async Task<string> PreviewAsync()
    {
        var answer = await AskAsync("{ retentionPreview { due kept } retentionDue { nodes { keptBy } } }");
        var (counts, due) = (answer["retentionPreview"]![0]!, answer["retentionDue"]!["nodes"]!.AsArray());
        return $"{counts["due"]} {counts["kept"]} {(due.Count == 0 ? "none" : due[0]!["keptBy"])}";
    }

    private async Task<JsonNode> AskAsync(string query)
    {
        var answer = JsonNode.Parse(await hub.AskAsync(query))!;
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!;
    }

    private async Task<JsonNode> MutateAsync(string change) => (await AskAsync($"mutation {{ m: {change} }}"))["m"]!;

    /// <summary>The code of the refusal; nothing when it was done.</summary>
    private async Task<string> ChangeAsync(string who, string mutation)
    {
        var answer = JsonNode.Parse(
            await hub.AskAsAsync(who, $"mutation {{ m: {mutation} {{ errors {{ code }} }} }}"))!;
        Assert.True(answer["data"]?["m"] is not null, answer.ToJsonString());
        return (string?)answer["data"]!["m"]!["errors"]?[0]!["code"] ?? "";
    }
}
