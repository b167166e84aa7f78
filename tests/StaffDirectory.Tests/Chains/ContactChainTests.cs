using K12Hub.GraphQL.Conventions;

namespace K12Hub.StaffDirectory.Tests.Chains;

public sealed class ContactChainTests
{
    private const string Principal = "{ position: \"principal\", place: SCHOOL, moveOnAfterBusinessDays: 2 }";
    private const string Dispatcher = "{ position: \"dispatcher\", place: DISTRICT, hours: \"7:30 to 16:00\" }";

    private const string Listing =
        """
        { contactChains { nodes { version audience area { key } steps {
            position { key } place hours moveOnAfterBusinessDays } } } }
        """;

    [Fact]
    public async Task What_is_said_anew_is_the_next_version_and_the_log_has_the_one_before()
    {
        await using var hub = await OpenAsync();
        Assert.Equal("", await hub.ChainAsync("buses", null, Dispatcher));
        Assert.Equal("", await hub.ChainAsync("buses", null, Principal, Dispatcher));
        Assert.Equal("", await hub.ChainAsync("buses", null, Principal, Dispatcher));

        var chain = Assert.Single((await hub.AskAsync(Listing)).GetProperty("contactChains").GetProperty("nodes")
            .EnumerateArray());
        Assert.Equal(
            "{\"version\":2,\"audience\":\"FAMILY\",\"area\":{\"key\":\"buses\"},\"steps\":["
            + "{\"position\":{\"key\":\"principal\"},\"place\":\"SCHOOL\",\"hours\":null,"
            + "\"moveOnAfterBusinessDays\":2},"
            + "{\"position\":{\"key\":\"dispatcher\"},\"place\":\"DISTRICT\",\"hours\":\"7:30 to 16:00\","
            + "\"moveOnAfterBusinessDays\":null}]}",
            chain.GetRawText());
        var id = ContactChain.IdOf(Area.IdOf("buses"), null, ContactAudience.Family);
        await using var session = hub.Store.LightweightSession(DirectoryHub.Lincoln);
        var before = await session.Events.AggregateStreamAsync<ContactChain>(id, version: 1, ct: DirectoryHub.Ct);
        Assert.Equal(1, before!.Said!.Version);
    }

    [Fact]
    public async Task What_is_retired_leaves_the_list_and_comes_back_when_it_is_said()
    {
        await using var hub = await OpenAsync();
        await hub.ChainAsync("buses", null, Dispatcher);
        for (var i = 0; i < 2; i++) Assert.Equal("", await hub.RefusalAsync(Retiring()));
        Assert.Equal("""{"contactChains":{"nodes":[]}}""", (await hub.AskAsync(Listing)).GetRawText());

        Assert.Equal("", await hub.ChainAsync("buses", null, Dispatcher));
        Assert.Contains("\"version\":2", (await hub.AskAsync(Listing)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_at_its_field_and_nothing_is_stored()
    {
        await using var hub = await OpenAsync();
        await hub.DescribeAsync("gone");
        await hub.RefusalAsync(
            $"retirePosition(input: {{ id: \"{NodeId.Encode("Position", Position.IdOf("gone"))}\" }})");
        var school = await hub.FoundAsync("Lincoln");
        var before = await hub.EventsAsync();
        var wrong = new (string Refusal, string Area, Guid? School, string[] Steps)[]
        {
            ("chain.steps steps", "buses", null, []),
            ("chain.steps steps", "buses", null, [.. Enumerable.Repeat(Principal, 11)]),
            ("chain.loop steps", "buses", null, [Principal, Dispatcher.Replace(" }", ", moveOnAfterBusinessDays: 1 }"),
                Principal]),
            ("chain.move_on steps", "buses", null, [Dispatcher, Principal]),
            ("chain.move_on steps", "buses", null, [Principal.Replace(": 2", ": 0"), Dispatcher]),
            ("chain.move_on steps", "buses", null, [Principal.Replace(": 2", ": 31"), Dispatcher]),
            ("chain.hours steps", "buses", null, [Dispatcher.Replace("7:30 to 16:00", " ")]),
            ("area.not_found area", "trains", null, [Dispatcher]),
            ("school.not_found schoolId", "buses", Guid.Empty, [Dispatcher]),
            ("school.not_found schoolId", "buses", await hub.FoundAsync("Office", "district"), [Dispatcher]),
            ("school.not_found schoolId", "buses", await hub.FoundAsync("Oak", district: DirectoryHub.Franklin),
                [Dispatcher]),
            ("position.not_found steps", "buses", school, [Dispatcher.Replace("dispatcher", "cook")]),
            ("position.retired steps", "buses", school, [Dispatcher.Replace("dispatcher", "gone")]),
        };
        foreach (var (refusal, area, at, steps) in wrong) Assert.Equal(refusal, await hub.ChainAsync(area, at, steps));

        Assert.StartsWith("contactChain.not_found", await hub.RefusalAsync(Retiring()), StringComparison.Ordinal);
        Assert.Equal(before, await hub.EventsAsync());
    }

    private static string Retiring()
    {
        var id = ContactChain.IdOf(Area.IdOf("buses"), null, ContactAudience.Family);
        return $"retireContactChain(input: {{ id: \"{NodeId.Encode("ContactChain", id)}\" }})";
    }

    private static async Task<DirectoryHub> OpenAsync()
    {
        var hub = await DirectoryHub.OpenAsync();
        await hub.HelpWithAsync("buses");
        await hub.DescribeAsync("principal", "dispatcher");
        return hub;
    }
}
