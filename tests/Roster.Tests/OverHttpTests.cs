using K12Hub.Contracts;
using K12Hub.District;
using K12Hub.District.Serving;
using K12Hub.OneRoster;
using K12Hub.OneRoster.Rest.Access;

namespace K12Hub.Roster.Tests;

/// <summary>What a server sends is the same roster as what the files hold, and what it does not send ends nobody.
/// </summary>
public sealed class OverHttpTests
{
    private static readonly DistrictPlan plan = new(150);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Going_from_files_to_HTTP_changes_nothing()
    {
        await using var district = await WithFilesAsync();

        var outcome = await ImportAsync(district);

        Assert.Equal(ImportStatus.Unchanged, outcome.Status);
    }

    /// <summary>Roles have keys of their own in files of 1.2, and none over HTTP, where 1.1 knows one role of a
    /// user.</summary>
    [Fact]
    public async Task Going_from_files_of_1_2_to_HTTP_replaces_roles_and_waits_for_a_person()
    {
        await using var district = await WithFilesAsync("1.2");

        var outcome = await ImportAsync(district);

        Assert.Equal(ImportStatus.Held, outcome.Status);
        await using var other = await WithFilesAsync("1.1");
        const string Roles = "select count(*) from roster.person_roles";
        Assert.Equal(await district.OneAsync(Roles), $"{outcome.Counts["roles"].Ended}");
        Assert.Equal(await other.OneAsync(Roles), $"{outcome.Counts["roles"].Added}");
        Assert.NotEqual(0, outcome.Counts["users"].Changed);
        Assert.Equal(0, outcome.Counts["users"].Ended + outcome.Counts["enrollments"].Differences);
    }

    [Theory]
    [InlineData("forbidden:enrollments")]
    [InlineData("missing:courses")]
    [InlineData("badRow:40")]
    [InlineData("total")]
    public async Task What_a_server_does_not_send_ends_nobody(string fault)
    {
        await using var district = await WithFilesAsync();

        var outcome = await ImportAsync(district, fault);

        Assert.All(outcome.Counts, counts => Assert.Equal(0, counts.Value.Ended));
        Assert.Equal(ImportStatus.Unchanged, outcome.Status);
    }

    [Theory]
    [InlineData("movingTotal:99")]
    [InlineData("html:1", "after")]
    public async Task A_run_that_cannot_be_read_to_its_end_applies_nothing(params string[] faults)
    {
        await using var district = await TestDistrict.CreateAsync();

        var outcome = await ImportAsync(district, faults);

        Assert.Equal(ImportStatus.Rejected, outcome.Status);
        Assert.Empty(await district.ListAsync("select sourced_id from roster.people"));
    }

    private static async Task<TestDistrict> WithFilesAsync(string version = "1.1")
    {
        var district = await TestDistrict.CreateAsync();
        var zip = Path.Combine(Path.GetTempPath(), $"k12hub-{Guid.NewGuid():N}.zip");
        await OneRosterCsvWriter.WriteZipAsync(plan, version, zip, Ct);
        try
        {
            Assert.Equal(ImportStatus.Applied, (await district.ImportAsync(zip)).Status);
        }
        finally
        {
            File.Delete(zip);
        }

        return district;
    }

    private static async Task<ImportOutcome> ImportAsync(TestDistrict district, params string[] faults)
    {
        await using var server = await RestServer.StartAsync(new(plan) { Faults = Faults.Parse(faults) }, Ct);
        var settings = new RestSourceSettings
        {
            BaseUrl = server.Base11,
            Auth = AuthStyle.Bearer,
            Token = RestServer.StaticToken,
            AllowLoopback = true,
            Demographics = true,
            PageSize = 100,
        };
        var findings = new CollectedFindings();
        var opening = await OneRosterRest.OpenAsync(settings, new(), new(), findings, new Hurried(), Ct);
        await using var source = opening.Source!;
        return await district.ImportAsync(source, findings, Ct);
    }

    /// <summary>A clock on which nobody waits.</summary>
    private sealed class Hurried : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
