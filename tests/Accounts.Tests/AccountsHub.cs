using K12Hub.EventStore;
using K12Hub.GraphQL.Http;
using K12Hub.Hosting;
using K12Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace K12Hub.Accounts.Tests;

/// <summary>A node of a district's hub: a real server over a real PostgreSQL, whose clock stands until a test moves
/// it.</summary>
internal sealed class AccountsHub : IAsyncDisposable
{
    public const string PublicAddress = "https://hub.lincoln.example";

    /// <summary>A password that every rule likes.</summary>
    public const string GoodPassword = "four yellow wheels turn slowly";

    public static readonly DistrictId District = new(1);
    public static readonly DateTimeOffset Monday = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    private readonly WebApplication app;
    private readonly TestDatabase? own;
    private readonly string keys;

    private AccountsHub(WebApplication app, TestDatabase database, bool owns, string keys, ManualTime time)
    {
        (this.app, own, this.keys, Database, Time) = (app, owns ? database : null, keys, database, time);
        Address = new Uri(app.Urls.First());
    }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public TestDatabase Database { get; }

    public ManualTime Time { get; }

    public Uri Address { get; }

    public IServiceProvider Services => app.Services;

    public DocumentStore Store => Services.GetRequiredService<DocumentStore>();

    public CountingHasher Hasher => (CountingHasher)Services.GetRequiredService<IPasswordHasher<AccountUser>>();

    public required LogLines Log { get; init; }

    /// <summary>A node on a database of its own, or beside another one.</summary>
    public static async Task<AccountsHub> StartAsync(
        AccountsHub? beside = null, Action<IServiceCollection>? services = null, params (string, string)[] settings)
    {
        var database = beside?.Database ?? await TestDatabase.CreateAsync("accounts", InstallAsync);
        var keys = beside?.keys ?? Path.Combine(Path.GetTempPath(), $"k12hub-accounts-{Guid.NewGuid():N}");
        var time = beside?.Time ?? new ManualTime(Monday);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var log = new LogLines();
        builder.Logging.AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Accounts:PublicAddress"] = PublicAddress;
        foreach (var (name, value) in settings) builder.Configuration[name] = value;
        builder.Services.AddSingleton<TimeProvider>(time);
        var hub = new HubBuilder(builder.Services, builder.Configuration).AddAccounts().AddAuditJobs()
            // The schools there are begin with zeros.
            .Known("school", "select id from unnest($2::uuid[]) id where $1::smallint = 1 and id::text like '0000%'");
        hub.Store(store => store.KeyRing = new FileKeyRing(keys, TimeProvider.System));
        hub.Register(_ => new(database.ApplicationConnectionString, database.ConnectionString));
        hub.AddTo(builder.Services.AddGraphQL());
        builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
        builder.Services.RemoveAll<IPasswordHasher<AccountUser>>();
        builder.Services.AddSingleton<IPasswordHasher<AccountUser>, CountingHasher>();
        services?.Invoke(builder.Services);

        var app = builder.Build();
        await app.Services.GetRequiredService<DocumentStore>().ApplySchemaAsync(Ct); // Hosting has tables as well.
        app.MapAccounts();
        app.MapPost("/graphql", AnswerAsync);
        app.Use(EnterAsync);
        app.MapGraphQL("/api");
        await app.StartAsync(Ct);
        return new AccountsHub(app, database, beside is null, keys, time) { Log = log };
    }

    /// <summary>Somebody's account, with a password; the app's key where a second factor was set up.</summary>
    public async Task<(Guid Id, string Key)> AddAsync(
        string name, string password = GoodPassword, bool withFactor = true, bool isFirst = false)
    {
        using var scope = Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AccountUser>>();
        var (id, key) = (Guid.CreateVersion7(Time.GetUtcNow()), Totp.NewKey());
        var user = AccountUser.New(id, name, name, isFirst, Time.GetUtcNow());
        if (withFactor)
        {
            user.Happens(new AccountEvent.AuthenticatorSet(
                id, scope.ServiceProvider.GetRequiredService<SecretBox>().Close(key)));
            user.Happens(new AccountEvent.SecondFactorOn());
        }

        Assert.True((await users.CreateAsync(user, password)).Succeeded);
        return (id, key);
    }

    public async Task<T> DoAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        using var scope = Services.CreateScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public string CodeOf(string key) => Totp.CodeAt(key, Time.GetUtcNow());

    public async Task<string> OneAsync(string sql)
    {
        await using var command = Store.OwnerDataSource.CreateCommand(sql);
        return (await command.ExecuteScalarAsync(Ct))?.ToString() ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        if (own is null) return;

        await own.DisposeAsync();
        if (Directory.Exists(keys)) Directory.Delete(keys, recursive: true);
    }

    private static async Task InstallAsync(string address)
    {
        await using var store = DocumentStore.For(options =>
        {
            options.UseDatabase(address);
            options.KeyRing = new FileKeyRing(Path.GetTempPath(), TimeProvider.System);
            AccountsModule.AddTo(options);
        });
        await store.ApplySchemaAsync(Ct);
    }

    /// <summary>Finds out who asks the API.</summary>
    private static async Task EnterAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path == "/api"
            && await http.RequestServices.GetRequiredService<Callers>().FindAsync(http) is { } viewer)
        {
            http.User = viewer.ToPrincipal();
            http.RequestServices.GetRequiredService<ViewerScope>().Viewer = viewer;
        }

        await next(http);
    }

    /// <summary>Stands for the API: who asks, or 401.</summary>
    private static async Task AnswerAsync(HttpContext http)
    {
        var viewer = await http.RequestServices.GetRequiredService<Callers>().FindAsync(http);
        http.Response.StatusCode = viewer is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK;
        await http.Response.WriteAsync(viewer?.Id ?? "", http.RequestAborted);
    }
}
