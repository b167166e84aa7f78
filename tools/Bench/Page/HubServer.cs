using System.Text;
using System.Text.Json;
using K12Hub.Bench.Measuring;

namespace K12Hub.Bench.Page;

/// <summary>A running K12Hub, and how to ask it.</summary>
internal sealed class HubServer : IAsyncDisposable
{
    private readonly AppProcess process;
    private readonly HttpClient client;

    private HubServer(AppProcess process, Uri address, string token)
    {
        (this.process, Address, Token) = (process, address, token);
        client = new() { BaseAddress = address };
    }

    public Uri Address { get; }

    public string Token { get; }

    public int ProcessId => process.Id;

    /// <summary>When it was started, as a timestamp of the stopwatch.</summary>
    public long Started => process.Started;

    public static async Task<HubServer> StartAsync(
        string dataFolder, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        // Counted like everybody's requests, and no more than a bench can ask.
        settings = new Dictionary<string, string>(settings) { ["K12HUB__Limits__RequestsPerMinute"] = "1000000" };
        var process = AppProcess.StartApp(["serve", "--data", dataFolder, "--urls", "http://127.0.0.1:0"], settings);
        try
        {
            // K12Hub ready at http://127.0.0.1:5080 token=…, the token only with a private database.
            var words = (await process.LineAsync("K12Hub ready at ", ct)).Split(' ');
            var token = words.Length > 4 ? words[4]["token=".Length..] : await NewTokenAsync(dataFolder, settings, ct);
            return new(process, new(words[3]), token);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static async Task<string> NewTokenAsync(
        string dataFolder, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        string[] create = ["token", "create", $"bench-{Guid.NewGuid():N}", "--permission", "all", "--data", dataFolder];
        await using var process = AppProcess.StartApp(create, settings);
        return await process.LineAsync("k12_", ct);
    }

    /// <summary>The data of an answer.</summary>
    /// <exception cref="InvalidOperationException">The answer has errors.</exception>
    public async Task<JsonElement> AskAsync(
        string query, object variables, CancellationToken ct, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = new StringContent(Body(query, variables), Encoding.UTF8, "application/json");
        request.Headers.Authorization = new("Bearer", token ?? Token);
        using var response = await client.SendAsync(request, ct);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct));
        return answer.RootElement.TryGetProperty("errors", out var errors)
            ? throw new InvalidOperationException(errors.ToString())
            : answer.RootElement.GetProperty("data").Clone();
    }

    /// <summary>A whole HTTP request, for the load generator.</summary>
    public byte[] Request(string query, object variables, string? token = null)
    {
        var body = Body(query, variables);
        return Encoding.UTF8.GetBytes(
            $"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{Address.Port}\r\nAuthorization: Bearer {token ?? Token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await process.DisposeAsync();
    }

    private static string Body(string query, object variables) => JsonSerializer.Serialize(new { query, variables });
}
