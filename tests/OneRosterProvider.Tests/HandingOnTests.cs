using K12Hub.District;
using K12Hub.District.Serving;
using K12Hub.OneRoster.Rest.Access;
using K12Hub.Roster;

namespace K12Hub.OneRosterProvider.Tests;

/// <summary>What one hub hands on is the same roster in the next one, record by record.</summary>
public sealed class HandingOnTests
{
    [Fact]
    public async Task A_roster_that_was_handed_on_is_the_same_with_its_changes()
    {
        await using var first = await ProviderHub.StartAsync();
        await using var second = await ProviderHub.StartAsync();
        await first.ImportAsync(await ServedAsync(0));

        var whole = await second.ImportAsync(first.AsSource());
        var before = await first.RosterAsync();

        Assert.Equal(ImportStatus.Applied, whole.Status);
        Assert.DoesNotContain(whole.Findings, finding => finding.Rule != "rest.requests");
        Assert.Equal(before, await second.RosterAsync());
        Assert.Equal(ImportStatus.Unchanged, (await second.ImportAsync(first.AsSource())).Status);

        var since = DateTimeOffset.Parse(
            await OneAsync(first, "select max(updated_at) from es.streams"), null);
        await first.ImportAsync(await ServedAsync(30));
        var changes = await second.ImportAsync(first.AsSource(), since);

        Assert.Equal(ImportStatus.Applied, changes.Status);
        Assert.Contains(changes.Counts.Values, counts => counts.Ended > 0);
        Assert.NotEqual(before, await first.RosterAsync());
        // What had come and gone before the second hub ever asked it knows nothing of.
        var known = (await second.RosterAsync()).ToHashSet();
        Assert.All(await first.RosterAsync(), record => Assert.Contains(record, known));
    }

    [Fact]
    public async Task Nothing_is_handed_on_of_who_was_erased()
    {
        await using var hub = await ProviderHub.StartAsync();
        await GeneratedHub.ImportAsync(hub, new DistrictPlan(100));
        using var client = await hub.ClientAsync();
        var part = (await client.RowsAsync("enrollments?limit=1&filter=role='student'"))[0];
        var student = part.GetProperty("user").GetProperty("sourcedId").GetString()!;
        var users = await client.IdsAsync("users?limit=10000");
        var parts = await client.IdsAsync("enrollments?limit=10000");
        var id = await OneAsync(hub, $"select id from roster.people where sourced_id = '{student}'");

        await hub.Store.Erasure.EraseSubjectAsync(new(1), Guid.Parse(id), "request 17", null, ProviderHub.Ct);

        var left = await client.IdsAsync("users?limit=10000");
        Assert.Equal(users.Except([student]), left);
        Assert.True((await client.IdsAsync("enrollments?limit=10000")).Length < parts.Length);
        Assert.Equal((404, "unknownobject"), await client.RefusalAsync($"users/{student}"));
        Assert.Equal((404, "unknownobject"), await client.RefusalAsync($"demographics/{student}"));
        Assert.Equal((404, "unknownobject"), await client.RefusalAsync($"enrollments/{Json.Id(part)}"));
        var agents = (await client.RowsAsync("users?limit=10000&fields=agents"))
            .Select(user => user.GetProperty("agents").ToString());
        Assert.DoesNotContain(agents, text => text.Contains(student, StringComparison.Ordinal));
    }

    private static async Task<string> OneAsync(ProviderHub hub, string sql) => Assert.Single(await hub.ListAsync(sql));

    /// <summary>A day of a generated district as another system serves it.</summary>
    private static async Task<OneRoster.RestSourceSettings> ServedAsync(int day)
    {
        var server = await RestServer.StartAsync(new(new DistrictPlan(150) { Day = day }), ProviderHub.Ct);
        TestContext.Current.TestOutputHelper?.WriteLine(server.Address);
        return new()
        {
            BaseUrl = server.Base12, Auth = AuthStyle.Bearer, Token = RestServer.StaticToken, AllowLoopback = true,
            Demographics = true, PageSize = 500,
        };
    }
}
