using K12Hub.GraphQL.Conventions;

namespace K12Hub.StaffDirectory.Tests.Positions;

public sealed class PositionTests
{
    private const string Listing = "{ positions { nodes { key titles { language text } } } }";

    [Fact]
    public async Task What_is_said_in_one_language_leaves_the_other_alone()
    {
        await using var hub = await DirectoryHub.OpenAsync();
        Assert.Equal("", await hub.RefusalAsync(Describing("principal", "en", "Principal")));
        Assert.Equal("", await hub.RefusalAsync(Describing("principal", "es", "Directora")));
        Assert.Equal("", await hub.RefusalAsync(Describing("principal", "es", " Director o directora ")));

        Assert.Equal(
            """
            {"positions":{"nodes":[{"key":"principal","titles":[{"language":"en","text":"Principal"},
            """.TrimEnd() + """{"language":"es","text":"Director o directora"}]}]}}""",
            (await hub.AskAsync(Listing)).GetRawText());
    }

    [Fact]
    public async Task Saying_the_same_again_records_nothing()
    {
        await using var hub = await DirectoryHub.OpenAsync();
        await hub.RefusalAsync(Describing("principal", "en", "Principal"));
        await hub.RefusalAsync(Describing("principal", "en", "Principal "));

        Assert.Equal(1, await hub.EventsAsync());
    }

    [Fact]
    public async Task What_is_retired_leaves_the_list_and_comes_back_when_it_is_described()
    {
        await using var hub = await DirectoryHub.OpenAsync();
        await hub.DescribeAsync("principal", "bus-dispatcher");
        for (var i = 0; i < 2; i++) Assert.Equal("", await hub.RefusalAsync(Retiring("principal")));

        Assert.Equal(3, await hub.EventsAsync());
        Assert.Equal("""["bus-dispatcher"]""", await KeysAsync(hub, ""));
        Assert.Equal("""["bus-dispatcher","principal"]""", await KeysAsync(hub, "(includeRetired: true)"));
        await hub.DescribeAsync("principal");
        Assert.Equal("""["bus-dispatcher","principal"]""", await KeysAsync(hub, ""));
    }

    [Theory]
    [InlineData("p", "en", "Principal", "position.key key")]
    [InlineData("Principal", "en", "Principal", "position.key key")]
    [InlineData("principal", "fr", "Principal", "position.language language")]
    [InlineData("principal", "en", " ", "position.title title")]
    [InlineData("principal", "en", "Bus\\ndriver", "position.title title")]
    public async Task What_cannot_be_said_is_refused_and_nothing_is_stored(
        string key, string language, string title, string refusal)
    {
        await using var hub = await DirectoryHub.OpenAsync();

        Assert.Equal(refusal, await hub.RefusalAsync(Describing(key, language, title)));
        Assert.Equal(0, await hub.EventsAsync());
    }

    [Fact]
    public async Task Of_a_position_that_is_not_there_nothing_is_retired()
    {
        await using var hub = await DirectoryHub.OpenAsync();
        Assert.StartsWith(
            "position.not_found", await hub.RefusalAsync(Retiring("principal")), StringComparison.Ordinal);
    }

    private static string Describing(string key, string language, string title) =>
        $"describePosition(input: {{ key: \"{key}\", language: \"{language}\", title: \"{title}\" }})";

    private static string Retiring(string key) =>
        $"retirePosition(input: {{ id: \"{NodeId.Encode("Position", Position.IdOf(key))}\" }})";

    private static async Task<string> KeysAsync(DirectoryHub hub, string which)
    {
        var answer = await hub.AskAsync($"{{ positions{which} {{ nodes {{ key }} }} }}");
        var keys = answer.GetProperty("positions").GetProperty("nodes").EnumerateArray()
            .Select(node => $"\"{node.GetProperty("key")}\"");
        return $"[{string.Join(',', keys)}]";
    }
}
