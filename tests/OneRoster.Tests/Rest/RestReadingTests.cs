using K12Hub.Contracts;
using K12Hub.OneRoster.Rest.Access;

namespace K12Hub.OneRoster.Tests.Rest;

public sealed class RestReadingTests
{
    private static readonly string[] onlyRequests = ["rest.requests"];

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task A_server_brings_what_the_files_bring(string version)
    {
        await using var served = await Served.StartAsync(version);

        var read = await served.ReadAsync();

        Assert.Empty(read.Refusals);
        Assert.Equal(await Served.TruthAsync(version), Served.Texts(read.Records));
        Assert.Equal(onlyRequests, read.Rules);
        Assert.Equal($"OneRoster REST {version}", read.Format);
        Assert.All(read.Modes!, mode => Assert.Equal(
            mode.Key == RosterCollections.Roles ? CollectionMode.Absent : CollectionMode.Bulk, mode.Value));
    }

    [Theory]
    [InlineData(AuthStyle.Basic, "basicOnly")]
    [InlineData(AuthStyle.Form, "formOnly")]
    [InlineData(AuthStyle.Query, "queryOnly")]
    [InlineData(AuthStyle.Bearer)]
    [InlineData(AuthStyle.OAuth1)]
    [InlineData(AuthStyle.OAuth1Sha1)]
    public async Task A_source_is_told_who_asks_in_its_own_way(AuthStyle auth, params string[] faults)
    {
        await using var served = await Served.StartAsync("1.1", faults);

        var read = await served.ReadAsync(served.Settings(auth));

        Assert.Empty(read.Refusals);
        Assert.Equal(await Served.TruthAsync("1.1"), Served.Texts(read.Records));
    }

    [Fact]
    public async Task All_collections_may_be_read_at_the_same_time()
    {
        await using var served = await Served.StartAsync("1.2");

        var read = await served.ReadAsync(served.Settings(parallel: 7));

        Assert.Equal(await Served.TruthAsync("1.2"), Served.Texts(read.Records));
    }

    [Fact]
    public async Task Demographics_are_asked_for_only_when_the_district_wants_them()
    {
        await using var served = await Served.StartAsync("1.2");

        var read = await served.ReadAsync(served.Settings(demographics: false));

        Assert.Empty(read.Records.OfType<DemographicsRecord>());
        Assert.Equal(CollectionMode.Absent, read.Modes![RosterCollections.Demographics]);
        Assert.DoesNotContain(served.Server.Requests, request => request.Target.Contains("demographics"));
    }

    [Theory]
    [InlineData("passwords")]
    [InlineData("noFields")]
    public async Task Only_what_is_read_is_asked_for_where_a_vendor_can_send_less(string fault)
    {
        await using var served = await Served.StartAsync("1.2", fault);

        var read = await served.ReadAsync(served.Settings(profile: "aeries"));

        Assert.Equal(await Served.TruthAsync("1.2"), Served.Texts(read.Records));
        Assert.Contains(served.Server.Requests, r => r.Target.Contains("&fields=sourcedId%2Cstatus%2C"));
        Assert.DoesNotContain(served.Server.Requests, r => r.Target.Contains("password"));
    }

    [Fact]
    public async Task Between_two_requests_there_is_the_time_a_vendor_wants()
    {
        await using var served = await Served.StartAsync("1.2");

        await served.ReadAsync(served.Settings(profile: "edfi"));

        var spaced = served.Time.Waits.Count(wait => wait > TimeSpan.FromMilliseconds(300));
        Assert.Equal(served.Server.Requests.Count - 1, spaced);
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_named_where_we_are_not_known()
    {
        await using var served = await Served.StartAsync("1.1");
        served.Time.Advance(TimeSpan.FromMinutes(-50));

        var read = await served.ReadAsync(served.Settings(AuthStyle.OAuth1, secret: "guess"));

        Assert.Contains("differ by 50 minutes", Assert.Single(read.Refusals).Message);
    }

    [Fact]
    public async Task A_collection_takes_no_more_room_than_it_may()
    {
        await using var served = await Served.StartAsync("1.2", students: 2_000);

        var read = await served.ReadAsync(limits: new() { MaxFileMegabytes = 1 });

        Assert.Equal("rest.budget", Assert.Single(read.Refusals).Rule);
    }

    [Fact]
    public async Task Rows_say_when_they_last_changed()
    {
        await using var served = await Served.StartAsync("1.2");

        var read = await served.ReadAsync();

        Assert.All(read.Records, record =>
            Assert.Equal(new DateTimeOffset(2026, 8, 17, 6, 0, 0, TimeSpan.Zero), record.DateLastModified));
    }

    [Fact]
    public async Task Passwords_are_dropped_where_they_are_met()
    {
        using var pages = new PagesFolder();
        await using var served = await Served.StartAsync("1.1", "passwords");

        var users = await served.CutOffAfterUsersAsync(pages.Path);

        Assert.NotEmpty(users);
        Assert.DoesNotContain(Served.Texts(users), text => text.Contains("never-store-me"));
        Assert.All(pages.Texts(), text => Assert.DoesNotContain("never-store-me", text));
        Assert.Contains(pages.Texts(), text => text.Contains(users[0].Username!));
    }

    [Theory]
    [InlineData("client", "rest.unauthorized")]
    [InlineData("address", "rest.not_found")]
    [InlineData("nothing", "rest.settings")]
    public async Task A_wrong_setting_is_said_before_anything_is_read(string wrong, string rule)
    {
        await using var served = await Served.StartAsync("1.2");
        var good = served.Settings();
        var settings = new RestSourceSettings
        {
            BaseUrl = wrong == "address" ? served.Server.Address + "/elsewhere/v1p2" : good.BaseUrl,
            TokenUrl = good.TokenUrl,
            Auth = good.Auth,
            AllowLoopback = true,
            ClientId = good.ClientId,
            ClientSecret = wrong == "nothing" ? null : wrong == "client" ? "wrong-secret" : good.ClientSecret,
        };

        var read = await served.ReadAsync(settings);

        var refusal = Assert.Single(read.Refusals);
        Assert.Equal(rule, refusal.Rule);
        Assert.DoesNotContain("secret", refusal.Message.Replace("id, secret and address", ""));
        Assert.Empty(read.Records);
    }

    [Fact]
    public async Task A_run_makes_no_more_requests_than_it_may()
    {
        await using var served = await Served.StartAsync("1.2");

        var read = await served.ReadAsync(served.Settings(maxRequests: 10));

        Assert.Equal("rest.budget", Assert.Single(read.Refusals).Rule);
        Assert.True(served.Server.Requests.Count <= 10);
    }
}
