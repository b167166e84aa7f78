using K12Hub.Accounts;
using K12Hub.EventStore;
using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Http;
using K12Hub.Hosting;
using K12Hub.OneRosterProvider;
using K12Hub.Postgres;
using K12Hub.Roster;
using Microsoft.AspNetCore.Connections;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.App;

/// <summary><c>K12Hub serve</c>: database, schema, demo district, API, in this order; then the ready line.</summary>
internal static class ServeCommand
{
    private const string FieldsAsk = "Each field asks for its permission; the door lets nobody in who did not sign in.";

    public static async Task<int> RunAsync(AppSettings settings, CancellationToken ct)
    {
        RuntimeCheck.Require();
        var addresses = Addresses.Of(settings.Server);
        await using var database = Database.Open(settings, Say, ct);
        await using var app = Build(settings, database, addresses); // While PostgreSQL starts.
        var address = await database.AddressAsync(ct);
        if (database.IsPrivate) Say(PrivatePostgres.Banner);
        foreach (var warning in DatabaseTransport.Warnings(address)) Say(warning);

        await ListenAsync(app, addresses, ct);
        try
        {
            await PrepareAsync(app, settings, database, ct);
            await SettingsNote.WriteAsync(
                settings.Configuration, settings.DataFolder, app.Services.GetRequiredService<SecurityTrail>(), ct);
            app.Services.GetRequiredService<BackgroundWork>().Begin();
            app.Services.GetRequiredService<Health>().Open();
            await OfferSetUpAsync(app, ct);
            ReadyMessage.Print(app.Urls.First(), app.Services.GetService<DevelopmentToken>());
            await Task.Delay(Timeout.Infinite, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // SIGTERM or Ctrl-C: what follows is the orderly end.
        }

        app.Services.GetRequiredService<Health>().Close();
        await app.Services.GetRequiredService<DocumentStore>().Daemon.StopAllAsync();
        await app.StopAsync(CancellationToken.None);
        return ExitCodes.Done;
    }

    private static async Task ListenAsync(WebApplication app, string[] addresses, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            throw new IOException(
                $"{string.Join(" or ", addresses)} is in use: another K12Hub, or another program, listens there. "
                + "Stop it, or choose an address with --urls.", failure);
        }
    }

    private static WebApplication Build(AppSettings settings, Database database, string[] addresses)
    {
        // The empty builder reads no settings and writes no log but ours, and starts in half the time.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(settings.Configuration);
        builder.WebHost.UseKestrelCore().UseUrls(addresses).ConfigureKestrel(
            kestrel => Limits.Apply(kestrel, settings.GraphQL.Http));
        Logs.Configure(builder.Logging, settings.Configuration);
        var errors = new GraphQLErrorLog(new ResultFaults(TimeProvider.System));
        Register(builder.Services, settings, database, errors);

        var app = builder.Build();
        app.UseTrustedProxies(settings.Server);
        app.UseProtection(settings.Server);
        app.UseHostFiltering();
        app.UseDoor();
        app.UseAccessContext();
        app.UseRouting();
        app.UseRoutePolicies();
        Health.Map(app.MapGroup("").OpenToAll("Whether the program runs is told to whatever watches it."));
        app.MapGraphQL().OpenToAll(FieldsAsk);
        app.MapGraphQLPersistedOperations().OpenToAll(FieldsAsk);
        app.MapGraphQLSchema().OpenToAll("It answers those who may ask by introspection, and asks that itself.");
        app.MapQualityDownload();
        app.MapPersonDownload();
        app.MapGroup("").OpenToAll("The page holds nothing of the district; what it asks, the API answers.")
            .MapGraphQLExplorer();
        app.MapOneRosterProvider();
        app.MapAccounts();
        errors.WriteTo(app.Services.GetRequiredService<ILoggerFactory>());
        CheckPolicies(app.Services);
        RoutePolicies.Check(app, app.Services.GetRequiredService<PermissionCatalog>());
        return app;
    }

    private static void CheckPolicies(IServiceProvider services)
    {
        if (services.GetRequiredService<IRequestExecutor>() is RequestExecutor executor)
        {
            DeclaredPolicies.Check(executor.Schema, services);
        }
    }

    private static void Register(
        IServiceCollection services, AppSettings settings, Database database, GraphQLErrorLog errors)
    {
        var hub = new HubBuilder(services, settings.Configuration).AddModules();
        hub.KeepKeysIn(settings.DataFolder);
        services.AddSingleton(AuditCommand.AnchorsIn(settings.DataFolder));
        hub.Register(_ => database.Address);
        hub.AddTo(services.AddGraphQL(graphQL => graphQL
            .ConfigureSchema(schema => schema.RequirePolicies = true)
            .ModifyOptions(options => options.ErrorFilter = errors)
            .ModifyOptions(settings.GraphQL.ApplyTo)));
        hub.Permission(
            GraphQLSettings.Developing, "Send GraphQL documents of one's own where only trusted ones are answered.");
        hub.Permission(GraphQLSettings.Introspecting, "Ask the API for its schema, by introspection or as SDL.");
        services.Configure<GraphQLHttpOptions>(
            options => settings.Configuration.GetSection("GraphQL:Http").Bind(options));
        services.Configure<GraphQLHttpOptions>(settings.GraphQL.ApplyTo);
        // Events and operations of sockets have services of their own, which the door has not seen.
        services.Configure<GraphQLHttpOptions>(options => options.Streams.ScopeStarted = (scope, user) =>
        {
            scope.GetRequiredService<ViewerScope>().Viewer = Viewer.Of(user);
            scope.GetRequiredService<AccessNotes>().Via = "subscription";
        });
        services.AddSingleton<IConnectionGuard, CallerGuard>();
        services.AddRoutingCore();
        services.AddSingleton<IHostLifetime, SignalsAreTheCommandLines>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton<Health>();
        services.AddSingleton<ProjectionLog>();
        // With a database of the district's own people sign in, and programs have tokens of theirs.
        if (database.IsPrivate) services.AddSingleton(_ => DevelopmentToken.In(settings.DataFolder));
        services.AddHostFiltering(options => options.AllowedHosts = settings.Server.AllowedHosts.Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static async Task PrepareAsync(
        WebApplication app, AppSettings settings, Database database, CancellationToken ct)
    {
        var store = app.Services.GetRequiredService<DocumentStore>();
        var model = Task.Run(() => app.Services.GetRequiredService<IDbContextFactory<RowsContext>>(), ct);
        var changes = await store.ApplySchemaAsync(new RebuildNotes(Say), ct);
        foreach (var notice in changes.Notices)
        {
            Say(notice);
        }

        if (app.Services.GetRequiredService<ProviderSettings>().Clients.Count > 0)
        {
            await app.Services.GetRequiredService<SourcedIdOrder>().MakeAsync(ct);
        }

        store.Daemon.Troubled += app.Services.GetRequiredService<ProjectionLog>().Write;
        store.Daemon.StartAll();
        await model;
        await DemoDistrict.MakeAsync(app.Services, settings.Demo.Students ?? (database.IsPrivate ? 2_000 : 0), Say, ct);
    }

    private static async Task OfferSetUpAsync(WebApplication app, CancellationToken ct)
    {
        if (await app.Services.NewSetUpCodeAsync(ct) is { } code)
        {
            Say($"There is no administrator yet. Open {app.Urls.First()}/set-up and type this code: {code}");
        }
    }

    // Standard output is for the ready line and the queries alone.
    private static void Say(string sentence) => Console.Error.WriteLine(sentence);
}
