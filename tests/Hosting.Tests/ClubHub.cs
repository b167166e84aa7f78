using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using K12Hub.EventStore;
using K12Hub.GraphQL.Http;
using K12Hub.Hosting.Tests.Clubs;
using K12Hub.Hosting.Tests.Policy;
using K12Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace K12Hub.Hosting.Tests;

/// <summary>The clubs of the guide behind a real server and on a real PostgreSQL, asked by a person with some
/// permissions.</summary>
internal sealed class ClubHub : IAsyncDisposable
{
    public static readonly DistrictId District = new(1);

    private readonly TestDatabase database;
    private readonly WebApplication app;
    private readonly HttpClient client;
    private readonly ConcurrentDictionary<string, Viewer> viewers;

    private ClubHub(TestDatabase database, WebApplication app, ConcurrentDictionary<string, Viewer> viewers)
    {
        (this.database, this.app, this.viewers) = (database, app, viewers);
        client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public IServiceProvider Services => app.Services;

    public DocumentStore Store => Services.GetRequiredService<DocumentStore>();

    /// <summary>A hub of its own.</summary>
    /// <param name="policy">Who may carry out which command on which club; null for the permission alone.</param>
    /// <param name="more">What is plugged in besides; null for nothing.</param>
    /// <param name="time">The clock; null for the machine's.</param>
    /// <param name="through">Puts something between the hub and its database: gives another address.</param>
    public static async Task<ClubHub> StartAsync(
        ICommandPolicy? policy = null, Action<HubBuilder>? more = null, TimeProvider? time = null,
        Func<string, string>? through = null)
    {
        var database = await DatabaseAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Jobs:TimeZone"] = "Etc/UTC";
        if (policy is not null) builder.Services.AddSingleton(policy);
        if (time is not null) builder.Services.AddSingleton(time);
        var hub = new HubBuilder(builder.Services, builder.Configuration).AddClubs().AddNotes();
        more?.Invoke(hub);
        var address = through?.Invoke(database.ConnectionString) ?? database.ConnectionString;
        hub.Register(_ => new(TestDatabase.ApplicationOf(address), address));
        hub.AddTo(builder.Services.AddGraphQL());

        var app = builder.Build();
        var viewers = new ConcurrentDictionary<string, Viewer>(StringComparer.Ordinal);
        app.Use((context, next) =>
        {
            context.User = viewers.TryGetValue(context.Request.Headers["As"].ToString(), out var known)
                ? known.ToPrincipal()
                : Person(context.Request.Headers["Permissions"].ToString());
            context.RequestServices.GetRequiredService<ViewerScope>().Viewer = Viewer.Of(context.User);
            return next(context);
        });
        app.MapGraphQL();
        await app.StartAsync(Ct);
        return new ClubHub(database, app, viewers);
    }

    /// <summary>A database with the tables of the clubs.</summary>
    public static Task<TestDatabase> DatabaseAsync() => TestDatabase.CreateAsync("clubs", async address =>
    {
        await using var store = DocumentStore.For(options =>
        {
            options.UseDatabase(address);
            ClubsModule.AddTo(options);
        });
        await store.ApplySchemaAsync(Ct);
    });

    /// <summary>Waits until something holds that others bring about.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            await Task.Delay(10, Ct);
        }
    }

    /// <summary>Begins to send what is owed and to watch the clock.</summary>
    public void Begin() => Services.GetRequiredService<BackgroundWork>().Begin();

    /// <summary>The data of a document, asked by somebody who may see and handle the machinery.</summary>
    public async Task<JsonElement> OperateAsync(string document)
    {
        var answer = await AskAsync(document, "outbox.read,outbox.handle,jobs.read", null);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    /// <summary>The answer to a document, by somebody who may do everything.</summary>
    public Task<JsonElement> AskAsync(string document, string? key = null) =>
        AskAsync(document, $"{ClubsModule.Read},{ClubsModule.Write}", key);

    /// <summary>The answer to a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="permissions">What the caller may, comma between; empty for nobody.</param>
    /// <param name="key">The idempotency key; null for none.</param>
    public async Task<JsonElement> AskAsync(string document, string permissions, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query = document }),
        };
        request.Content.Headers.ContentType!.CharSet = null;
        request.Headers.Add("Permissions", permissions);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request, Ct);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    /// <summary>The answer to a viewer.</summary>
    public async Task<JsonElement> AskAsync(string document, Viewer viewer)
    {
        viewers[viewer.Id!] = viewer;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query = document }),
        };
        request.Content.Headers.ContentType!.CharSet = null;
        request.Headers.Add("As", viewer.Id);
        using var response = await client.SendAsync(request, Ct);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    /// <summary>The payload of the only mutation of a document.</summary>
    public async Task<JsonElement> PayloadAsync(string mutation, string? key = null)
    {
        var answer = await AskAsync(
            $"mutation {{ {mutation} {{ club {{ id name taken }} errors {{ code path }} }} }}", key);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return Assert.Single(answer.GetProperty("data").EnumerateObject()).Value;
    }

    /// <summary>Opens a club and returns its global id.</summary>
    public async Task<string> OpenAsync(string name, int seats = 8, string? partner = null)
    {
        var with = partner is null ? "" : $", partner: \"{partner}\"";
        var opened = await PayloadAsync($"openClub(input: {{name: \"{name}\", seats: {seats}{with}}})");
        return opened.GetProperty("club").GetProperty("id").GetString()!;
    }

    public async Task<long> EventsAsync()
    {
        await using var command = Store.OwnerDataSource.CreateCommand("select count(*) from es.events");
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    /// <summary>The first value of the first row, as text; empty for null and for no row.</summary>
    public async Task<string> TextAsync(string sql)
    {
        await using var command = Store.OwnerDataSource.CreateCommand(sql);
        return (await command.ExecuteScalarAsync(Ct))?.ToString() ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    private static ClaimsPrincipal Person(string permissions) => permissions.Length == 0
        ? new ClaimsPrincipal()
        : Viewer.Principal("ms-reyes", District, permissions.Split(','));
}
