using System.Globalization;
using System.Net;
using System.Text.Json;

namespace K12Hub.OneRosterProvider.Tests;

/// <summary>Answers as JSON.</summary>
internal static class Json
{
    public static async Task<(HttpResponseMessage Answer, JsonElement Body)> AskAsync(
        this HttpClient client, string path)
    {
        var answer = await client.GetAsync(client.BaseAddress + path, ProviderHub.Ct);
        var text = await answer.Content.ReadAsStringAsync(ProviderHub.Ct);
        using var json = JsonDocument.Parse(text);
        return (answer, json.RootElement.Clone());
    }

    public static async Task<JsonElement[]> RowsAsync(this HttpClient client, string path)
    {
        var (answer, body) = await client.AskAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. Assert.Single(body.EnumerateObject()).Value.EnumerateArray()];
    }

    public static async Task<string[]> IdsAsync(this HttpClient client, string path) =>
        [.. (await client.RowsAsync(path)).Select(Id)];

    public static string Id(JsonElement record) => record.GetProperty("sourcedId").GetString()!;

    /// <summary>Status of HTTP and the standard's word for what is wrong.</summary>
    public static async Task<(int Status, string Code)> RefusalAsync(this HttpClient client, string path)
    {
        var (answer, body) = await client.AskAsync(path);
        Assert.Equal("failure", body.GetProperty("imsx_codeMajor").GetString());
        Assert.Equal("error", body.GetProperty("imsx_severity").GetString());
        return ((int)answer.StatusCode, body.GetProperty("imsx_CodeMinor").GetProperty("imsx_codeMinorField")[0]
            .GetProperty("imsx_codeMinorFieldValue").GetString()!);
    }

    public static int Total(HttpResponseMessage answer) =>
        int.Parse(answer.Headers.GetValues("X-Total-Count").Single(), CultureInfo.InvariantCulture);

    /// <summary>The address of another page; null when there is none.</summary>
    public static string? Link(HttpResponseMessage answer, string relation) =>
        string.Join(", ", answer.Headers.GetValues("Link")).Split(", ")
            .FirstOrDefault(link => link.EndsWith($"rel=\"{relation}\"", StringComparison.Ordinal))?
            .Split('>')[0].TrimStart('<');
}
