using System.Text.Json;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;

namespace K12Hub.StaffDirectory.Tests.Contacts;

public sealed class ContactTests
{
    private const string Principal = "{ position: \"principal\", place: SCHOOL, moveOnAfterBusinessDays: 2 }";
    private const string Dispatcher = "{ position: \"dispatcher\", place: DISTRICT }";

    [Fact]
    public async Task The_chain_of_the_school_comes_before_that_of_the_district()
    {
        await using var hub = await OpenAsync();
        var (lincoln, oak) = (await hub.FoundAsync("Lincoln"), await hub.FoundAsync("Oak"));
        var office = await hub.FoundAsync("Main office", "district");
        await hub.AssignAsync(await hub.HireAsync("Okafor"), "principal", lincoln, "2026-08-01");
        await hub.AssignAsync(await hub.HireAsync("Reyes"), "dispatcher", office, "2026-08-01");
        await hub.ChainAsync("buses", null, Principal, Dispatcher);
        await hub.ChainAsync("buses", oak, Dispatcher);

        Assert.Equal(
            ["1 principal SCHOOL Lincoln Ms. Okafor DISTRICT", "2 dispatcher DISTRICT Main office Ms. Reyes DISTRICT"],
            await ContactsAsync(hub, lincoln, "2026-10-01"));
        Assert.Equal(
            ["1 dispatcher DISTRICT Main office Ms. Reyes SCHOOL"], await ContactsAsync(hub, oak, "2026-10-01"));
        Assert.Equal(
            ["1 dispatcher DISTRICT Main office Ms. Reyes DISTRICT"], await ContactsAsync(hub, null, "2026-10-01"));
        var chain = ContactChain.IdOf(Area.IdOf("buses"), oak, ContactAudience.Family);
        await hub.RefusalAsync(
            $"retireContactChain(input: {{ id: \"{NodeId.Encode("ContactChain", chain)}\" }})");
        Assert.Equal("1 principal SCHOOL Oak vacant DISTRICT", (await ContactsAsync(hub, oak, "2026-10-01"))[0]);
    }

    [Fact]
    public async Task Who_is_gone_not_there_yet_or_no_longer_leaves_the_position_vacant()
    {
        await using var hub = await OpenAsync();
        var (school, person) = (await hub.FoundAsync("Lincoln"), await hub.HireAsync("Okafor"));
        await hub.AssignAsync(person, "principal", school, "2026-08-01", "2027-06-12");
        await hub.ChainAsync("buses", null, Principal, Dispatcher);

        Assert.Equal("1 principal SCHOOL Lincoln vacant DISTRICT", await FirstAsync("2026-07-31"));
        Assert.Equal("1 principal SCHOOL Lincoln Ms. Okafor DISTRICT", await FirstAsync("2026-08-01"));
        Assert.Equal("1 principal SCHOOL Lincoln Ms. Okafor DISTRICT", await FirstAsync("2027-06-12"));
        Assert.Equal("1 principal SCHOOL Lincoln vacant DISTRICT", await FirstAsync("2027-06-13"));
        await hub.LeaveAsync(person);
        Assert.Equal("1 principal SCHOOL Lincoln vacant DISTRICT", await FirstAsync("2026-10-01"));
        await hub.ReturnAsync(person);
        Assert.Equal("1 principal SCHOOL Lincoln Ms. Okafor DISTRICT", await FirstAsync("2026-10-01"));
        await hub.Store.Erasure.EraseSubjectAsync(DirectoryHub.Lincoln, person, "request 17", null, DirectoryHub.Ct);
        Assert.Equal("1 principal SCHOOL Lincoln vacant DISTRICT", await FirstAsync("2026-10-01"));

        async Task<string> FirstAsync(string on) => (await ContactsAsync(hub, school, on))[0];
    }

    [Theory]
    [InlineData("on: \"2026-10-01\"", "contacts.day")]
    [InlineData("audience: STAFF", "contacts.audience")]
    public async Task Families_ask_about_today_and_about_whom_families_ask(string arguments, string code)
    {
        await using var hub = await OpenAsync();
        await hub.ChainAsync("buses", null, Dispatcher);
        var family = Viewer.Of(
            "diaz", DirectoryHub.Lincoln, new Dictionary<string, Reach> { ["directory.find"] = Reach.District });

        var found = await hub.AskAsync(family, "{ areas { nodes { contacts { isVacant } } } }");
        var refused = await Assert.ThrowsAnyAsync<Exception>(
            () => hub.AskAsync(family, $"{{ areas {{ nodes {{ contacts({arguments}) {{ isVacant }} }} }} }}"));

        Assert.Contains("true", found.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(code, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_asked_about_what_is_retired_is_not_told()
    {
        await using var hub = await OpenAsync();
        await hub.ChainAsync("buses", null, Dispatcher);
        await hub.RefusalAsync($"retireArea(input: {{ id: \"{NodeId.Encode("Area", Area.IdOf("buses"))}\" }})");

        var found = await hub.AskAsync("{ areas(includeRetired: true) { nodes { contacts { isVacant } } } }");

        Assert.Equal(0, found.GetProperty("areas").GetProperty("nodes")[0].GetProperty("contacts").GetArrayLength());
    }

    [Fact]
    public async Task Nobody_is_said_where_nobody_has_said()
    {
        await using var hub = await OpenAsync();

        Assert.Empty(await ContactsAsync(hub, await hub.FoundAsync("Lincoln"), "2026-10-01"));
    }

    internal static async Task<DirectoryHub> OpenAsync()
    {
        var hub = await DirectoryHub.OpenAsync();
        await hub.HelpWithAsync("buses");
        await hub.DescribeAsync("principal", "dispatcher");
        return hub;
    }

    private static async Task<List<string>> ContactsAsync(DirectoryHub hub, Guid? school, string on)
    {
        var at = school is { } id ? $"schoolId: \"{NodeId.Encode("School", id)}\", " : "";
        var found = await hub.AskAsync(
            $$"""
            { areas { nodes { contacts({{at}}audience: FAMILY, on: "{{on}}") {
                step position { key } place placeName personName isVacant saidFor } } } }
            """);
        return
        [
            .. found.GetProperty("areas").GetProperty("nodes")[0].GetProperty("contacts").EnumerateArray()
                .Select(Line),
        ];
    }

    private static string Line(JsonElement contact)
    {
        Assert.Equal(
            contact.GetProperty("personName").ValueKind is JsonValueKind.Null,
            contact.GetProperty("isVacant").GetBoolean());
        var who = contact.GetProperty("personName").GetString() ?? "vacant";
        return string.Join(' ',
            contact.GetProperty("step"), contact.GetProperty("position").GetProperty("key"),
            contact.GetProperty("place"), contact.GetProperty("placeName"), who, contact.GetProperty("saidFor"));
    }
}
