using System.Net;
using K12Hub.OneRosterProvider.Asking;

namespace K12Hub.OneRosterProvider.Tests;

public sealed class PagingTests(GeneratedHub generated) : IClassFixture<GeneratedHub>
{
    private HttpClient Client => generated.Client;

    [Theory]
    [InlineData("users?limit=37")]
    [InlineData("enrollments?limit=200&sort=sourcedId&orderBy=desc")]
    [InlineData("users?limit=37&sort=familyName&orderBy=desc")]
    [InlineData("students?limit=20&sort=givenName&filter=familyName~'a'")]
    public async Task A_walk_along_the_links_reads_what_one_page_holds(string query)
    {
        var whole = await Client.IdsAsync(query.Replace("limit=", "limit=10000&x=", StringComparison.Ordinal));
        var walked = new List<string>();
        for (var next = query; next is not null;)
        {
            var (answer, body) = await Client.AskAsync(next);
            walked.AddRange(body.EnumerateObject().Single().Value.EnumerateArray().Select(Json.Id));
            Assert.Equal(whole.Length, Json.Total(answer));
            next = Json.Link(answer, "next")?[Client.BaseAddress!.ToString().Length..];
        }

        Assert.True(whole.Length > 37);
        Assert.Equal(whole, walked);
    }

    [Fact]
    public async Task A_walk_by_offsets_reads_the_same_on_whatever_node()
    {
        var whole = await Client.IdsAsync("enrollments?limit=10000");
        await using var other = await generated.Hub.AnotherAsync();
        using var second = new HttpClient { BaseAddress = new Uri(other.Base + "/") };
        second.DefaultRequestHeaders.Authorization = Client.DefaultRequestHeaders.Authorization;
        var walked = new List<string>();
        for (var offset = 0; offset < whole.Length; offset += 300)
        {
            // A token that one node gave is good at the other.
            var node = offset / 300 % 2 == 0 ? Client : second;
            walked.AddRange(await node.IdsAsync($"enrollments?limit=300&offset={offset}"));
        }

        Assert.Equal(whole, walked);
        Assert.Empty(await Client.IdsAsync($"enrollments?offset={whole.Length}"));
    }

    [Fact]
    public async Task A_page_begins_after_the_record_the_one_before_ended_with_whatever_came_since()
    {
        await using var hub = await ProviderHub.StartAsync();
        await GeneratedHub.ImportAsync(hub, new(100));
        using var client = await hub.ClientAsync();
        var first = await client.IdsAsync("courses?limit=3");
        var whole = await client.IdsAsync("courses?limit=100");

        await hub.ListAsync("update roster.courses_v1 set sourced_id = '0' || sourced_id where sourced_id "
            + $"= '{whole[^1]}' returning sourced_id");
        var second = await client.IdsAsync("courses?limit=3&offset=3");

        Assert.Equal(whole[3..6], second);
        Assert.Equal(whole[..3], first);
    }

    [Fact]
    public async Task A_mark_that_leads_nowhere_is_counted_off()
    {
        var whole = await Client.IdsAsync("users?limit=10");
        var gone = MarkText.Write(new(Guid.Empty, 10));

        Assert.Equal(whole[5..], await Client.IdsAsync($"users?limit=5&offset=5&after={gone}"));
        Assert.Equal(whole[5..], await Client.IdsAsync("users?limit=5&offset=5&after=nonsense"));
    }

    [Fact]
    public async Task The_links_say_where_the_other_pages_are()
    {
        var (answer, _) = await Client.AskAsync("users?limit=10&offset=20&fields=sourcedId&orderBy=desc");
        var last = (Json.Total(answer) - 1) / 10 * 10;

        Assert.Contains("offset=0", Json.Link(answer, "first"));
        Assert.Contains("offset=10", Json.Link(answer, "prev"));
        Assert.Contains("offset=30", Json.Link(answer, "next"));
        Assert.Contains($"offset={last}", Json.Link(answer, "last"));
        Assert.All(
            (string[])["first", "prev", "next", "last"],
            relation => Assert.Contains("fields=sourcedId", Json.Link(answer, relation)));
        Assert.Null(Json.Link((await Client.AskAsync($"users?limit=10&offset={last}")).Answer, "next"));
    }

    [Fact]
    public async Task A_hundred_rows_come_where_nothing_is_said_and_no_more_than_allowed_where_more_is_asked_for()
    {
        await using var hub = await ProviderHub.StartAsync(("OneRoster:Provider:MaxPageRows", "150"));
        await GeneratedHub.ImportAsync(hub, new(150));
        using var client = await hub.ClientAsync();

        Assert.Equal(100, (await client.IdsAsync("users")).Length);
        Assert.Equal(150, (await client.IdsAsync("users?limit=2147483647")).Length);
        Assert.Contains("limit=150", Json.Link((await client.AskAsync("users?limit=9999")).Answer, "next"));
    }

    [Theory]
    [InlineData("users?limit=0", 422, "invaliddata")]
    [InlineData("users?limit=-1", 422, "invaliddata")]
    [InlineData("users?limit=ten", 422, "invaliddata")]
    [InlineData("users?limit=1&limit=2", 422, "invaliddata")]
    [InlineData("users?limit=99999999999", 422, "invaliddata")]
    [InlineData("users?offset=-1", 422, "invaliddata")]
    [InlineData("users?offset=", 422, "invaliddata")]
    [InlineData("users?orderBy=down", 422, "invaliddata")]
    [InlineData("users?sort=shoeSize", 400, "invalid_selection_field")]
    [InlineData("enrollments?sort=role", 400, "invalid_selection_field")]
    public async Task What_makes_no_sense_is_refused(string query, int status, string code) =>
        Assert.Equal((status, code), await Client.RefusalAsync(query));

    [Fact]
    public async Task Addresses_begin_with_the_public_one()
    {
        await using var hub = await generated.Hub.AnotherAsync(
            ("OneRoster:Provider:PublicUrl", "https://hub.example"));
        using var client = await hub.ClientAsync();

        var (answer, body) = await client.AskAsync("enrollments?limit=1");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith(
            "https://hub.example/ims/oneroster/rostering/v1p2/enrollments?", Json.Link(answer, "next"));
        Assert.StartsWith(
            "https://hub.example/ims/oneroster/rostering/v1p2/users/",
            body.GetProperty("enrollments")[0].GetProperty("user").GetProperty("href").GetString());
    }
}
