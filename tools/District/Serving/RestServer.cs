using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace K12Hub.District.Serving;

/// <summary>What is served, and how badly.</summary>
/// <param name="Plan">The district.</param>
public sealed record RestServerOptions(DistrictPlan Plan)
{
    /// <summary>What goes wrong.</summary>
    public Faults Faults { get; init; } = Faults.None;

    /// <summary>Port on loopback; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Folder with recorded pages to serve instead of a district; null serves the district.</summary>
    public string? Pages { get; init; }
}

/// <summary>A request that was answered.</summary>
/// <param name="Target">Path and query, as sent.</param>
/// <param name="Status">The answer's status.</param>
public sealed record ServedRequest(string Target, int Status);

/// <summary>A district as a OneRoster server, 1.1 and 1.2, on loopback.</summary>
public sealed class RestServer : IAsyncDisposable
{
    /// <summary>Id of the only client there is.</summary>
    public const string Id = "k12hub";

    /// <summary>Its secret: nothing it opens is real.</summary>
    public const string Secret = "district-secret";

    /// <summary>A token that is always good.</summary>
    public const string StaticToken = "district-token";

    private readonly WebApplication app;
    private readonly Credentials credentials;
    private readonly PageDesk pages;

    private RestServer(WebApplication app, Credentials credentials, PageDesk pages) =>
        (this.app, this.credentials, this.pages) = (app, credentials, pages);

    /// <summary>Address without a path.</summary>
    public string Address => app.Urls.First();

    /// <summary>Where 1.1 is served.</summary>
    public string Base11 => Address + "/ims/oneroster/v1p1";

    /// <summary>Where 1.2 is served.</summary>
    public string Base12 => Address + "/ims/oneroster/rostering/v1p2";

    /// <summary>Where tokens are given out.</summary>
    public string TokenUrl => Address + "/token";

    /// <summary>Requests for pages so far, in their order.</summary>
    public IReadOnlyCollection<ServedRequest> Requests => pages.Requests;

    /// <summary>Tokens given out so far.</summary>
    public int TokensGiven => credentials.TokensGiven;

    /// <summary>Starts serving.</summary>
    public static async Task<RestServer> StartAsync(RestServerOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
        var app = builder.Build();
        var credentials = new Credentials(options.Faults);
        var pages = new PageDesk(options, credentials);
        app.MapPost("/token", credentials.GiveAsync);
        app.MapGet("/ims/oneroster/v1p1/{collection}", (RequestDelegate)(context =>
            pages.AnswerAsync(context, options.Faults.Has("swapped") ? "1.2" : "1.1")));
        app.MapGet("/ims/oneroster/rostering/v1p2/{collection}", (RequestDelegate)(context =>
            pages.AnswerAsync(context, options.Faults.Has("swapped") ? "1.1" : "1.2")));
        await app.StartAsync(ct);
        return new(app, credentials, pages);
    }

    /// <summary>Serves until told to stop.</summary>
    public Task WaitAsync(CancellationToken ct) => app.WaitForShutdownAsync(ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Clients may have been cut off in the middle; nothing is owed to them.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}
