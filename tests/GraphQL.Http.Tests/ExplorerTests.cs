using System.Net;
using System.Text.RegularExpressions;

namespace K12Hub.GraphQL.Http.Tests;

public sealed partial class ExplorerTests
{
    [Theory]
    [InlineData("/explorer")]
    [InlineData("/explorer/explorer.js")]
    public async Task In_production_there_is_no_explorer(string path)
    {
        await using var server = await TestServer.Start();
        using var response = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/explorer", "text/html")]
    [InlineData("/explorer/explorer.css", "text/css")]
    [InlineData("/explorer/explorer.js", "text/javascript")]
    [InlineData("/explorer/docs.js", "text/javascript")]
    public async Task Every_part_comes_with_a_policy_under_which_only_our_own_files_run(string path, string type)
    {
        await using var server = await Start();
        using var response = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal($"{type}; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task What_is_no_part_of_it_is_404()
    {
        await using var server = await Start();
        using var response = await server.Client.GetAsync(
            "/explorer/english.json", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("", null, "en")]
    [InlineData("", "es-MX,es;q=0.9,en;q=0.5", "es")]
    [InlineData("", "fr, en;q=0.5, es;q=0.7", "es")]
    [InlineData("", "de", "en")]
    [InlineData("?lang=es", "en", "es")]
    [InlineData("?lang=xx", "es", "es")]
    public async Task The_page_is_in_the_readers_language_and_whole(string query, string? preferred, string expected)
    {
        await using var server = await Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/explorer{query}");
        if (preferred is not null) request.Headers.Add("Accept-Language", preferred);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal([expected], response.Content.Headers.ContentLanguage);
        Assert.Contains($"<html lang=\"{expected}\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Inline(), page);
    }

    private static Task<TestServer> Start() => TestServer.Start(options => options.EnableExplorer = true);

    [GeneratedRegex("<style|<script(?![^>]* src=)| style=| on[a-z]+=|https?://", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
