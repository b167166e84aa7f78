using System.Text.Json.Nodes;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;

namespace K12Hub.Roster.Tests.Access;

/// <summary>What the roster gives to accounts that are linked to people of it, and takes with it again.</summary>
public sealed class RosterGrantsTests : IAsyncLifetime
{
    private static readonly Guid Account = new("00000000-0000-4000-8000-00000000000f");

    private RosterHub hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub = await RosterHub.WithAsync(Package.Version12());
        await hub.ApplySchemaAsync();
        hub.District.Limits = TestDistrict.NoGrace;
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_principal_reaches_the_school_until_the_assignment_ends()
    {
        await LinkAsync("okafor");
        var during = await ViewerAsync();
        await hub.District.ImportAsync(
            Package.Version12().Change("roles.csv", "primary,principal,,,", "primary,principal,,2026-09-01,"));
        var after = await ViewerAsync();

        Assert.Equal([RosterId.Of("sis", "orgs", "lincoln")], during.ReachOf("roster.read").Schools);
        Assert.False(during.May("roster.import"));
        Assert.Empty(after.Reaches);
    }

    [Fact]
    public async Task A_parent_sees_her_children_and_nobody_elses()
    {
        await LinkAsync("ana");

        var seen = await hub.AskAsync(await ViewerAsync(), "{ students { nodes { givenName } } staff { totalCount } }");

        Assert.Contains("""[{"givenName":"Leonardo"},{"givenName":"Mía"}]""", seen, StringComparison.Ordinal);
        Assert.Contains("""{"totalCount":0}""", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mayContact")]
    [InlineData("mayReceiveRecords")]
    public async Task A_parent_who_must_not_be_contacted_does_not_reach_the_child(string what)
    {
        await LinkAsync("ana");
        await hub.District.SupplementAsync($"sourcedId,guardianSourcedId,{what}", "mia,ana,false");

        var people = (await ViewerAsync()).ReachOf("roster.read").People;

        Assert.Contains(RosterId.Of("sis", "users", "leo"), people);
        Assert.DoesNotContain(RosterId.Of("sis", "users", "mia"), people);
    }

    [Fact]
    public async Task Whoever_is_not_linked_any_more_reaches_nothing()
    {
        var id = await LinkAsync("ana");
        await hub.AskAsync($"mutation {{ unlinkAccount(input: {{ id: \"{id}\" }}) {{ errors {{ code }} }} }}");

        Assert.Empty((await ViewerAsync()).Reaches);
    }

    [Theory]
    [InlineData("users", "nobody", "00000000-0000-4000-8000-00000000000f", "person.not_found", "personId")]
    [InlineData("orgs", "lincoln", "00000000-0000-4000-8000-00000000000f", "person.not_found", "personId")]
    [InlineData("users", "ana", "10000000-0000-4000-8000-00000000000f", "account.not_found", "accountId")]
    public async Task Nobody_is_linked_to_whom_there_is_not(
        string collection, string sourcedId, string account, string code, string field)
    {
        var person = NodeId.Encode("Person", RosterId.Of("sis", collection, sourcedId));

        var answer = await hub.AskAsync(
            $"mutation {{ linkAccountToPerson(input: {{ accountId: \"{account}\", personId: \"{person}\" }}) "
                + "{ errors { code path } } }");

        Assert.Contains(
            $"[{{\"code\":\"{code}\",\"path\":[\"{field}\"]}}]", answer, StringComparison.Ordinal);
    }

    private ValueTask<Viewer> ViewerAsync() => hub.Grants.ViewerOfAsync(TestDistrict.Id, Account, Ct);

    private async Task<string> LinkAsync(string sourcedId)
    {
        var person = NodeId.Encode("Person", RosterId.Of("sis", "users", sourcedId));
        var answer = JsonNode.Parse(await hub.AskAsync(
            $"mutation {{ linkAccountToPerson(input: {{ accountId: \"{Account}\", personId: \"{person}\" }}) "
                + "{ accountLink { id } errors { code } } }"))!;
        Assert.Null(answer["errors"]);
        return answer["data"]!["linkAccountToPerson"]!["accountLink"]!["id"]!.GetValue<string>();
    }
}
