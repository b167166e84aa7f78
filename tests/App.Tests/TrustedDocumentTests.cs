using System.Security.Cryptography;
using System.Text;

namespace K12Hub.App.Tests;

/// <summary>The program with a folder of trusted documents and the explorer.</summary>
public sealed class TrustedDocumentTests : IDisposable
{
    private const string Schools = "query Schools { schools(first: 1) { totalCount } }";
    private readonly Folders folders = new();
    private readonly DirectoryInfo documents = Directory.CreateTempSubdirectory("k12hub-trusted-");

    public void Dispose()
    {
        folders.Dispose();
        documents.Delete(recursive: true);
    }

    [Fact]
    public async Task A_trusted_document_is_answered_at_its_address_and_developers_may_bring_their_own()
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Schools)));
        await File.WriteAllTextAsync(Path.Combine(documents.FullName, $"{id}.graphql"), Schools, HubProcess.Ct);
        using var hub = await HubProcess.ServeAsync(
            folders.Data,
            ("K12HUB__GraphQL__TrustedDocuments", documents.FullName),
            ("K12HUB__GraphQL__DocumentMode", "Only"),
            ("K12HUB__GraphQL__Explorer", "true"));
        using var client = hub.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", hub.Token);
        client.DefaultRequestHeaders.Add("GraphQL-Preflight", "1");

        Assert.StartsWith(
            """{"data":{"schools":{"totalCount":""",
            await client.GetStringAsync(new Uri($"/graphql/persisted/{id}", UriKind.Relative), HubProcess.Ct),
            StringComparison.Ordinal);
        Assert.False((await hub.AskAsync("{ __typename }")).TryGetProperty("errors", out _));
        using var explorer = await client.GetAsync(new Uri("/explorer", UriKind.Relative), HubProcess.Ct);
        var policy = Assert.Single(explorer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        await hub.StopAsync();
    }

    [Fact]
    public async Task A_document_the_schema_does_not_answer_stops_the_start()
    {
        const string Gone = "{ gone }";
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Gone)));
        await File.WriteAllTextAsync(Path.Combine(documents.FullName, $"{id}.graphql"), Gone, HubProcess.Ct);

        using var hub = HubProcess.Start(
            ["--data", folders.Data, "--urls", "http://127.0.0.1:0"],
            ("K12HUB__GraphQL__TrustedDocuments", documents.FullName));
        await hub.EndAsync();

        Assert.Equal(ExitCodes.BadInput, hub.ExitCode);
        Assert.Contains(id, hub.Errors, StringComparison.Ordinal);
        Assert.Contains("gone", hub.Errors, StringComparison.Ordinal);
    }
}
