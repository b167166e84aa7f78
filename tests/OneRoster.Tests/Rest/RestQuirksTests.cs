using K12Hub.Contracts;
using K12Hub.OneRoster.Rest.Walking;

namespace K12Hub.OneRoster.Tests.Rest;

/// <summary>What real systems do, one switch of the served district each: the rows are those of the files all the
/// same, or a finding says what is not.</summary>
public sealed class RestQuirksTests
{
    /// <summary>Rules that only a server can break, each broken in this folder.</summary>
    public static readonly string[] Rules =
    [
        "reference.matched", "rest.address", "rest.bad_request", "rest.budget", "rest.busy", "rest.not_found",
        "rest.not_granted", "rest.not_offered", "rest.nothing", "rest.page_broken", "rest.requests",
        "rest.row_skipped", "rest.server_error", "rest.settings", "rest.too_heavy", "rest.total",
        "rest.unauthorized", "rest.unreachable", "rest.unstable",
    ];

    [Theory]
    [InlineData("cap:33")]
    [InlineData("dropTotal")]
    [InlineData("dropLink")]
    [InlineData("dropTotal", "dropLink", "cap:33")]
    [InlineData("nextLoop")]
    [InlineData("shuffle")]
    [InlineData("noSort")]
    [InlineData("noSort:500")]
    [InlineData("overlap")]
    [InlineData("skip")]
    [InlineData("overlap", "dropTotal")]
    [InlineData("overlap:2", "skip:1")]
    [InlineData("movingTotal")]
    [InlineData("revision")]
    [InlineData("heavy:60")]
    [InlineData("truncate")]
    [InlineData("cut")]
    [InlineData("reset")]
    [InlineData("every503")]
    [InlineData("every500:7")]
    [InlineData("429")]
    [InlineData("429date")]
    [InlineData("429bare")]
    [InlineData("expireAfter")]
    [InlineData("bareToken", "expireAfter:9")]
    [InlineData("formOnly")]
    [InlineData("html")]
    [InlineData("errorBody")]
    [InlineData("bareArray")]
    [InlineData("strictQuery")]
    [InlineData("noFields")]
    [InlineData("oddDates")]
    [InlineData("nullDates")]
    [InlineData("stringRefs")]
    [InlineData("trim")]
    [InlineData("oddBooleans")]
    [InlineData("nulls")]
    [InlineData("passwords")]
    [InlineData("truncate:3", "429:5", "expireAfter:7", "cap:40", "html:11")]
    public async Task Every_row_arrives_in_spite_of(params string[] faults)
    {
        foreach (var version in new[] { "1.1", "1.2" })
        {
            await using var served = await Served.StartAsync(version, faults);

            var read = await served.ReadAsync();

            Assert.Empty(read.Refusals);
            Assert.Equal(await Served.TruthAsync(version), Served.Texts(read.Records));
            Assert.Equal(["rest.requests"], read.Rules);
        }
    }

    [Theory]
    [InlineData("upper")]
    [InlineData("braces")]
    public async Task A_reference_written_otherwise_finds_the_only_key_that_fits(string fault)
    {
        await using var served = await Served.StartAsync("1.2", fault);

        var read = await served.ReadAsync();

        Assert.Equal(await Served.TruthAsync("1.2"), Served.Texts(read.Records));
        var told = read.Findings.Where(finding => finding.Rule == "reference.matched").ToList();
        Assert.NotEmpty(told);
        // Once per collection and where its references lead.
        Assert.Equal(told.Count, told.DistinctBy(finding => (finding.File, finding.Message.Split(' ')[3])).Count());
    }

    [Fact]
    public async Task What_people_look_like_decides_which_version_it_is()
    {
        await using var served = await Served.StartAsync("1.1", "swapped");

        var read = await served.ReadAsync();

        Assert.Equal(await Served.TruthAsync("1.2"), Served.Texts(read.Records));
        Assert.Equal("OneRoster REST 1.2", read.Format);
    }

    [Fact]
    public async Task Agents_may_be_missing()
    {
        await using var served = await Served.StartAsync("1.2", "noAgents");

        var read = await served.ReadAsync();

        Assert.All(read.Records.OfType<UserRecord>(), user => Assert.Empty(user.AgentSourcedIds));
        Assert.Equal(["rest.requests"], read.Rules);
    }

    [Fact]
    public async Task A_role_of_the_district_is_left_out_until_it_is_said_what_it_means()
    {
        foreach (var version in new[] { "1.1", "1.2" })
        {
            await using var served = await Served.StartAsync(version, "roleMap");

            var unknown = await served.ReadAsync();
            Assert.DoesNotContain(
                unknown.Records.OfType<UserRecord>().SelectMany(user => user.Roles), role => role.Role == "teacher");
            Assert.Contains("value.dropped", unknown.Rules);

            var words = new Dictionary<string, string> { ["faculty"] = "teacher" };
            var known = await served.ReadAsync(served.Settings(roleWords: words));
            Assert.Equal(await Served.TruthAsync(version), Served.Texts(known.Records));
        }
    }

    [Fact]
    public async Task A_total_that_counts_other_rows_ends_nothing()
    {
        await using var served = await Served.StartAsync("1.2", "total");

        var read = await served.ReadAsync();

        Assert.Equal(await Served.TruthAsync("1.2"), Served.Texts(read.Records));
        Assert.Contains("rest.total", read.Rules);
        Assert.Equal(CollectionMode.Delta, read.Modes![RosterCollections.Users]);
    }

    [Theory]
    [InlineData("overlap:99", "cap:30")]
    [InlineData("skip:99")]
    [InlineData("shuffle", "noSort")]
    [InlineData("movingTotal:99")]
    [InlineData("revision:99")]
    [InlineData("overlap:99", "dropTotal")]
    public async Task A_collection_that_never_stands_still_ends_nothing(params string[] faults)
    {
        await using var served = await Served.StartAsync("1.2", faults);

        var read = await served.ReadAsync();

        var settled = read.Modes is not null && read.Refusals.Count == 0;
        Assert.True(!settled || read.Modes![RosterCollections.Enrollments] is CollectionMode.Delta);
        Assert.Contains(read.Rules, rule => rule is "rest.unstable" or "rest.total");
    }

    [Fact]
    public async Task A_collection_we_may_not_read_stays_as_it_is()
    {
        await using var served = await Served.StartAsync("1.2", "forbidden:demographics", "missing:courses");

        var read = await served.ReadAsync();

        Assert.Empty(read.Refusals);
        Assert.Equal(["rest.not_granted", "rest.not_offered", "rest.requests"],
            read.Rules.Where(rule => rule.StartsWith("rest.", StringComparison.Ordinal)));
        Assert.Equal(CollectionMode.Absent, read.Modes![RosterCollections.Demographics]);
        Assert.Equal(CollectionMode.Absent, read.Modes![RosterCollections.Courses]);
        Assert.Equal(CollectionMode.Bulk, read.Modes![RosterCollections.Users]);
    }

    [Fact]
    public async Task A_scope_that_was_not_granted_is_no_error()
    {
        await using var served = await Served.StartAsync("1.2");

        var read = await served.ReadAsync(served.Settings(scopes: "x/roster-core.readonly"));

        Assert.Empty(read.Refusals);
        Assert.Contains("rest.not_granted", read.Rules);
        Assert.Equal(CollectionMode.Absent, read.Modes![RosterCollections.Demographics]);
    }

    [Fact]
    public async Task One_row_the_server_fails_at_is_left_out_and_told()
    {
        await using var served = await Served.StartAsync("1.2", "badRow:130");

        var read = await served.ReadAsync();

        Assert.Empty(read.Refusals);
        var told = Assert.Single(read.Findings, finding => finding.Rule == "rest.row_skipped");
        Assert.Equal((FindingEffect.RowRejected, "enrollments", 130), (told.Effect, told.File, told.Line));
        Assert.Equal((await Served.TruthAsync("1.2")).Count - 1, Served.Texts(read.Records).Count);
    }

    [Theory]
    [InlineData("html:1", "rest.unreachable")]
    [InlineData("every503:1", "rest.unreachable")]
    [InlineData("redirect", "rest.address")]
    public async Task A_server_that_only_fails_is_refused(string fault, string rule)
    {
        await using var served = await Served.StartAsync("1.2", fault);

        var read = await served.ReadAsync();

        Assert.Equal(rule, Assert.Single(read.Refusals).Rule);
        Assert.Empty(read.Records);
    }

    [Theory]
    [InlineData("rest.busy", "every503:1", "after")]
    [InlineData("rest.too_heavy", "heavy:10")]
    [InlineData("rest.server_error", "every500:1", "after")]
    [InlineData("rest.bad_request", "every400:1", "after")]
    [InlineData("rest.page_broken", "truncate:1", "after")]
    [InlineData("rest.page_broken", "bareArray:1", "after")]
    [InlineData("rest.nothing", "forbidden:orgs", "forbidden:academicSessions", "forbidden:courses",
        "forbidden:users", "forbidden:classes", "forbidden:enrollments", "forbidden:demographics")]
    public async Task A_server_that_begins_to_fail_is_refused_for_what_it_does(string rule, params string[] faults)
    {
        await using var served = await Served.StartAsync("1.2", faults);

        var read = await served.ReadAsync();

        Assert.Equal(rule, Assert.Single(read.Refusals).Rule);
    }

    [Theory]
    [InlineData("429", 1.0)]
    [InlineData("429date", 2.0)]
    public async Task A_server_says_how_long_to_wait(string fault, double seconds)
    {
        await using var served = await Served.StartAsync("1.2", fault);

        await served.ReadAsync();

        Assert.NotEmpty(served.Time.Waits);
        Assert.All(served.Time.Waits, wait => Assert.InRange(wait.TotalSeconds, 0.01, seconds));
    }

    [Fact]
    public async Task Without_a_word_waits_grow_and_are_never_the_same_for_all()
    {
        await using var served = await Served.StartAsync("1.2", "every503:1");

        await served.ReadAsync();

        var waits = served.Time.Waits;
        Assert.Equal(5, waits.Count);
        for (var i = 0; i < waits.Count; i++)
            Assert.InRange(waits[i].TotalSeconds, Math.Pow(2, i), Math.Pow(2, i + 1));
    }

    [Theory]
    [InlineData(3_600, 900)]
    [InlineData(30, 30)]
    [InlineData(-5, 0)]
    public async Task A_server_makes_nobody_wait_longer_than_a_quarter_of_an_hour(int wanted, int seconds)
    {
        var time = new InstantTime(DateTimeOffset.UnixEpoch);

        await new Pauses(time, () => 0.5).WaitAsync(
            TimeSpan.FromSeconds(wanted), 1, TestContext.Current.CancellationToken);

        Assert.Equal(seconds, time.Waits.Sum(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_once_and_not_again()
    {
        await using var served = await Served.StartAsync("1.2", "expireAfter:0");

        var read = await served.ReadAsync();

        Assert.Equal("rest.unauthorized", Assert.Single(read.Refusals).Rule);
        Assert.Equal(2, served.Server.TokensGiven);
        Assert.Equal(2, served.Server.Requests.Count);
    }

    [Fact]
    public async Task A_renewed_token_repeats_the_page_and_no_other()
    {
        await using var served = await Served.StartAsync("1.2", "expireAfter:6");

        await served.ReadAsync();

        var pages = served.Server.Requests.Where(request => request.Status == 200).Select(r => r.Target).ToList();
        Assert.Equal(pages.Distinct().Count(), pages.Count);
        Assert.True(served.Server.TokensGiven > 2);
    }
}
