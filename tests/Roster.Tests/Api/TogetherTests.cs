using System.Text.Json.Nodes;

namespace K12Hub.Roster.Tests;

/// <summary>What a page tells of other records is asked in one message, and comes to the same as if asked one by
/// one.</summary>
public sealed class TogetherTests : IAsyncLifetime
{
    private const string Page =
        """
        { students {
            nodes { givenName school { name } guardians { givenName } relations { kind } demographics { sex } } } }
        """;

    private RosterHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await RosterHub.WithAsync(Package.Version12());

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_page_with_four_kinds_of_other_records_costs_two_messages_and_its_record_a_third()
    {
        Assert.Equal(3, await hub.MessagesOfAsync(Page));
        Assert.Equal(3, await hub.MessagesOfAsync("{ students { nodes { school { name } } } }"));
    }

    [Fact]
    public async Task Each_edge_tells_what_it_tells_alone()
    {
        var together = StudentsOf(await hub.AskAsync(Page));
        foreach (var edge in new[] { "school { name }", "guardians { givenName }", "relations { kind }" })
        {
            var field = edge.Split(' ')[0];
            var alone = StudentsOf(await hub.AskAsync($"{{ students {{ nodes {{ {edge} }} }} }}"));
            Assert.Equal(
                alone.Select(node => node![field]?.ToJsonString()),
                together.Select(node => node![field]?.ToJsonString()));
        }
    }

    [Theory]
    [InlineData("demographics", "school", "school { name } demographics { sex }")]
    [InlineData("demographics", "school", "demographics { sex } school { name }")]
    [InlineData("organizations", "demographics", "school { name } demographics { sex }")]
    [InlineData("organizations", "demographics", "demographics { sex } school { name }")]
    public async Task The_failure_of_one_is_its_own(string table, string whole, string edges)
    {
        var query = $"{{ students {{ nodes {{ givenName {edges} }} }} }}";
        var before = StudentsOf(await hub.AskAsync(query));
        await hub.District.OneAsync($"alter view roster.{table} rename to was; select ''");

        var told = JsonNode.Parse(await hub.AskAsync(query))!;

        var failed = told["errors"]!.AsArray().Select(error => (string?)error!["path"]![3]).Distinct();
        Assert.Equal([table is "organizations" ? "school" : table], failed);
        Assert.Equal(
            before.Select(node => node![whole]?.ToJsonString()),
            StudentsOf(told.ToJsonString()).Select(node => node![whole]?.ToJsonString()));
    }

    [Fact]
    public async Task Many_pages_at_once_are_told_as_one_alone()
    {
        var alone = await hub.AskAsync(Page);
        var told = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => hub.AskAsync(Page)));
        Assert.All(told, one => Assert.Equal(alone, one));
    }

    private static JsonArray StudentsOf(string told) =>
        JsonNode.Parse(told)!["data"]!["students"]!["nodes"]!.AsArray();
}
