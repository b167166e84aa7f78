using System.Text.Json;
using K12Hub.EventStore;
using K12Hub.GraphQL.Http;
using K12Hub.Hosting;
using K12Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace K12Hub.Roster.Tests;

/// <summary>A district behind a real server on a free port of this machine. The header <c>X-May</c> names the
/// permissions of whoever asks.</summary>
internal sealed class ServedRoster : IAsyncDisposable
{
    private const string Ask = """
        subscription($after: String) {
          syncRunFinished(after: $after) { cursor run { source status counts { collection added } } }
        }
        """;

    private readonly WebApplication app;
    private readonly HttpClient client = new();

    private ServedRoster(TestDistrict district)
    {
        District = district;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var hub = new HubBuilder(builder.Services, builder.Configuration).AddRoster().Store(district.KeepKeys);
        hub.Register(_ => new(TestDatabase.ApplicationOf(district.ConnectionString), district.ConnectionString));
        hub.AddTo(builder.Services.AddGraphQL());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<GraphQLHttpOptions>(options => options.Streams.ScopeStarted = (services, user) =>
            services.GetRequiredService<ViewerScope>().Viewer = Viewer.Of(user));
        app = builder.Build();
        app.Use((http, next) =>
        {
            http.User = Viewer.Principal("test", TestDistrict.Id, http.Request.Headers["X-May"].ToString().Split(','));
            http.RequestServices.GetRequiredService<ViewerScope>().Viewer = Viewer.Of(http.User);
            return next(http);
        });
        app.MapGraphQL();
    }

    public TestDistrict District { get; }

    public LiveEvents Live => app.Services.GetRequiredService<LiveEvents>();

    public DocumentStore Store => app.Services.GetRequiredService<DocumentStore>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<ServedRoster> StartAsync()
    {
        var served = new ServedRoster(await TestDistrict.CreateAsync());
        await served.app.StartAsync();
        served.client.BaseAddress = new Uri(served.app.Urls.First());
        return served;
    }

    /// <summary>Subscribes, and returns when the server has begun to answer.</summary>
    public Task<RunListener> ListenAsync(string? after = null, string may = "roster.runs.read") =>
        SubscribeAsync(Ask, may, after);

    /// <summary>Subscribes to something else.</summary>
    public async Task<RunListener> SubscribeAsync(
        string query, string may = "roster.runs.read", string? after = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(
                JsonSerializer.Serialize(new { query, variables = new { after } }), null, "application/json"),
            Headers = { { "Accept", "text/event-stream" }, { "X-May", may } },
        };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        return new RunListener(response, new StreamReader(await response.Content.ReadAsStreamAsync(Ct)));
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        await District.DisposeAsync();
    }
}

/// <summary>Somebody who reads the event stream.</summary>
internal sealed class RunListener(HttpResponseMessage response, StreamReader reader) : IDisposable
{
    /// <summary>The next result; null at the end.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return JsonElement.Parse(line[6..]);
            if (line is "event: complete") return null;
        }

        return null;
    }

    /// <summary>The cursors of the next runs.</summary>
    public async Task<List<string>> CursorsAsync(int count)
    {
        var cursors = new List<string>();
        while (cursors.Count < count) cursors.Add(Cursor((await NextAsync())!.Value));
        return cursors;
    }

    public static string Cursor(JsonElement result) =>
        result.GetProperty("data").GetProperty("syncRunFinished").GetProperty("cursor").GetString()!;

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
