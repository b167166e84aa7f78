using System.Text.Json;
using K12Hub.EventStore;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;
using K12Hub.Hosting;
using K12Hub.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.App.Tests.Faults;

/// <summary>The whole program, without its work in the background, over a database whose n-th answer never comes. There
/// is something for every mutation: a roster that was applied, one that is held, and a message that was given
/// up.</summary>
internal sealed partial class FaultyHub : IAsyncDisposable
{
    private const int Students = 100;

    private static readonly byte[] File = """{"file":"0"}"""u8.ToArray();

    private readonly TestDatabase? database;
    private readonly CutConnection cut;
    private readonly ServiceProvider services;
    private readonly RequestExecutor executor;
    private readonly IReadOnlyList<string> permissions;
    private readonly StoredTables stored;

    private FaultyHub(string address, Folders folders, TestDatabase? database = null, Preparation? prepared = null)
    {
        (this.database, cut) = (database, new CutConnection(address));
        (stored, There) = (new(address, prepared?.Stored), prepared?.There ?? new());
        var collection = new ServiceCollection().AddSingleton(TimeProvider.System);
        var settings = new Dictionary<string, string?>
        {
            ["Data:Folder"] = folders.Data,
            ["OneRoster:Folders:hr"] = folders.Data,
        };
        var hub = new HubBuilder(collection, new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddModules();
        hub.AddSecretNote().KeepKeysIn(folders.Data);
        hub.Register(_ => new(TestDatabase.ApplicationOf(cut.ConnectionString), cut.ConnectionString));
        var graphQL = new RequestExecutorBuilder();
        hub.AddTo(graphQL);
        executor = graphQL.Build();
        services = collection.BuildServiceProvider();
        permissions = [.. services.GetRequiredService<PermissionCatalog>().All.Keys];
    }

    /// <summary>What mutations can be about.</summary>
    public ThingsThere There { get; }

    /// <summary>What went wrong in the last answer; null when nothing did.</summary>
    public Exception? Failure { get; private set; }

    public Schema Schema => executor.Schema;

    private static CancellationToken Ct => HubProcess.Ct;

    /// <summary>A hub of its own that has answered once: its connections are open.</summary>
    /// <param name="folders">Where the keys are; the same for all hubs of a run.</param>
    public static async Task<FaultyHub> OpenAsync(Folders folders)
    {
        var database = await TestDatabase.CreateAsync(
            $"mutations {folders.Data}", address => PrepareAsync(address, folders));
        var hub = new FaultyHub(database.ConnectionString, folders, database, Prepared[folders.Data]);
        await hub.AnswerAsync("{ syncRuns { nodes { id } } students(first: 1) { nodes { id } } }", null);
        return hub;
    }

    /// <summary>The payload of a mutation; null when it was cut off.</summary>
    /// <param name="document">What is asked.</param>
    /// <param name="cutAt">What is not answered of all that is said to the database, from 1; null for nothing.</param>
    /// <param name="afterDone">Whether the database does it all the same.</param>
    public async Task<(string? Payload, bool IsCut)> AskAsync(string document, int? cutAt, bool afterDone)
    {
        if (cutAt is { } nth) cut.CutAt(nth, afterDone);
        var answer = await AnswerAsync(document, "key");
        var isCut = cutAt is not null && cut.IsCut;
        cut.Heal();
        var json = JsonElement.Parse(answer);
        return json.TryGetProperty("errors", out _)
            ? (null, isCut)
            : (Assert.Single(json.GetProperty("data").EnumerateObject()).Value.GetRawText(), isCut);
    }

    /// <summary>How much the last mutation said to the database.</summary>
    public int Said => cut.Said;

    /// <summary>All that is stored, table by table.</summary>
    public Task<string> StoredAsync() => stored.ReadAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await cut.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
    }

    private async Task<string> AnswerAsync(string document, string? key)
    {
        var user = Viewer.Principal("ms-reyes", new DistrictId(1), permissions);
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer = Viewer.Of(user);
        var request = GraphQLRequest.FromText(document, scope.ServiceProvider) with
        {
            User = user,
            IdempotencyKey = key,
            Variables = document.Contains("$file", StringComparison.Ordinal) ? File : default,
            Files = new Dictionary<string, IFile> { ["0"] = new SentFile() },
        };
        using var result = await executor.ExecuteAsync(request, Ct);
        Failure = result.Errors is [var failed, ..] ? failed.Exception : null;
        return result.ToJson();
    }

    /// <summary>A file for the variable <c>$file</c>.</summary>
    private sealed class SentFile : IFile
    {
        public string Name => "roster.zip";

        public long? Length => 4;

        public string? ContentType => "application/zip";

        public Stream OpenReadStream() => new MemoryStream("text"u8.ToArray());

        public Task CopyToAsync(Stream target, CancellationToken cancellationToken = default) =>
            OpenReadStream().CopyToAsync(target, cancellationToken);
    }
}
