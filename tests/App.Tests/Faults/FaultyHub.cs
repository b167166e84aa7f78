using System.Text.Json;
using K12Hub.Accounts;
using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;
using K12Hub.Hosting;
using K12Hub.Roster;
using K12Hub.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace K12Hub.App.Tests.Faults;

/// <summary>The whole program, without its work in the background, over a database whose n-th answer never comes. There
/// is something for every mutation: a roster that was applied, one that is held, and a message that was given
/// up.</summary>
internal sealed partial class FaultyHub : IAsyncDisposable
{
    private const int Students = 100;

    // What differs between two runs of the same: ids, moments, how long it took, positions, and what is sealed under
    // random numbers. Keys are made before what needs them, and one of nobody tells nothing. How far a run is says
    // nothing any more when it is a minute old, so it may stay when the run has ended. Who is answered again reads
    // again: records of that are no effect.
    private const string Same =
        """
        select string_agg(format($f$
          select %L || count(*) || ' ' || md5(coalesce(string_agg(n.row, chr(10) order by n.row), ''))
            from (select regexp_replace((to_jsonb(x) - 'position')::text, '[0-9a-f]{8}-[0-9a-f-]{27}'
                      || '|\d{4}-\d\d-\d\dT[0-9:.+]+|"\$e": "[^"]+"|"hash": "[^"]+"|"duration_?[mM]s": \d+'
                      || '|\\\\x[0-9a-f]+', '*', 'g') as row
                    from %s x) n
          $f$, t || ' ', t), ' union all ' order by t::text)
          from es.guarded_tables() t
         where t <> 'es.subject_keys'::regclass and t::text not like all (array['roster.sync_progress%', 'es.audit_%'])
        """;

    // Whoever writes a row leaves the number of a transaction on it, and who deletes one makes them fewer.
    private const string Touched =
        """
        select string_agg(format('select concat_ws('' '', %L, count(*), max(xmin::text::bigint)) from %s', t, t),
          ' union all ' order by t::text)
          from es.guarded_tables() t
        """;

    private static readonly byte[] File = """{"file":"0"}"""u8.ToArray();

    private readonly TestDatabase database;
    private readonly CutConnection cut;
    private readonly ServiceProvider services;
    private readonly RequestExecutor executor;
    private readonly IReadOnlyList<string> permissions;
    private (string Touched, string All) stored;

    private FaultyHub(TestDatabase database, Folders folders)
    {
        (this.database, cut) = (database, new CutConnection(database.ConnectionString));
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

    /// <summary>Global ids of what there is.</summary>
    public string HeldRun { get; private set; } = "";

    public string AppliedRun { get; private set; } = "";

    public string DeadLetter { get; private set; } = "";

    public string Override { get; private set; } = "";

    public string SuggestedMatch { get; private set; } = "";

    public string LinkedMatch { get; private set; } = "";

    public string Student { get; private set; } = "";

    public string Alert { get; private set; } = "";

    public string Token { get; private set; } = "";

    public string Grant { get; private set; } = "";

    public string Link { get; private set; } = "";

    public string BreakGlass { get; private set; } = "";

    public string OtherStudent { get; private set; } = "";

    public string Hold { get; private set; } = "";

    public string Area { get; private set; } = "";

    public string Erasure { get; private set; } = "";

    /// <summary>What went wrong in the last answer; null when nothing did.</summary>
    public Exception? Failure { get; private set; }

    public Schema Schema => executor.Schema;

    private static CancellationToken Ct => HubProcess.Ct;

    /// <summary>A hub of its own that has answered once: its connections are open.</summary>
    /// <param name="folders">Where the keys are; the same for all hubs of a run.</param>
    public static async Task<FaultyHub> OpenAsync(Folders folders)
    {
        var hub = new FaultyHub(
            await TestDatabase.CreateAsync(
                $"mutations {folders.Data}", address => PrepareAsync(address, folders)), folders);
        const string Ask =
            "{ syncRuns { nodes { id status } } outboxMessages { nodes { id } } students(first: 3) { nodes { id } } "
            + "alerts { nodes { id } } tokens { nodes { id } } breakGlassUses { nodes { id } } }";
        var found = JsonElement.Parse(await hub.AnswerAsync(Ask, null)).GetProperty("data");
        var runs = found.GetProperty("syncRuns").GetProperty("nodes").EnumerateArray().ToDictionary(
            run => run.GetProperty("status").GetString()!, run => run.GetProperty("id").GetString()!);
        (hub.HeldRun, hub.AppliedRun) = (runs["held"], runs["applied"]);
        var matches = JsonElement.Parse(await hub.AnswerAsync(
                "{ matches(includeDecided: true) { nodes { id state } } }", null))
            .GetProperty("data").GetProperty("matches").GetProperty("nodes").EnumerateArray().ToLookup(
                match => match.GetProperty("state").GetString()!, match => match.GetProperty("id").GetString()!);
        (hub.SuggestedMatch, hub.LinkedMatch) = (matches["suggested"].First(), matches["linked"].First());
        hub.Student = found.GetProperty("students").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        var said = JsonElement.Parse(await hub.AnswerAsync(MutationSample.Overriding(hub.Student, "SMS"), null));
        hub.Override = said.GetProperty("data").GetProperty("overrideField").GetProperty("override").GetProperty("id")
            .GetString()!;
        hub.Grant = await hub.MadeAsync(MutationSample.Granting, "grantRole", "grant");
        hub.Link = await hub.MadeAsync(MutationSample.Linking(hub.Student), "linkAccountToPerson", "accountLink");
        hub.Area = await hub.MadeAsync(MutationSample.Describing("meals"), "describeArea", "area");
        await hub.AnswerAsync(MutationSample.OfDirectory("optOut", hub.Student, "EMAIL").Document, null);
        hub.Hold = await hub.MadeAsync(MutationSample.Holding(hub.Student, "case 9"), "placeHold", "legalHold");
        await hub.AmendAsync();
        await hub.ScheduleAsync();
        await hub.AssignAsync();
        await hub.OpenPrivateAsync();
        var others = found.GetProperty("students").GetProperty("nodes");
        hub.OtherStudent = others[1].GetProperty("id").GetString()!;
        hub.Erasure = await hub.AskedAsync(NodeId.Decode<Guid>("Student", others[2].GetProperty("id").GetString()!));
        hub.DeadLetter = found.GetProperty("outboxMessages").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        hub.Token = found.GetProperty("tokens").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        hub.BreakGlass = found.GetProperty("breakGlassUses").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        hub.Alert = found.GetProperty("alerts").GetProperty("nodes")[0].GetProperty("id").GetString()!;
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

    /// <summary>All that is stored, table by table. What nobody has written to since is not read again.</summary>
    public async Task<string> StoredAsync()
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Ct);
        var touched = await OfTablesAsync(connection, Touched);
        if (stored.Touched != touched) stored = (touched, await OfTablesAsync(connection, Same));
        return stored.All;
    }

    /// <summary>What each table answers to a question that is made for all of them.</summary>
    private static async Task<string> OfTablesAsync(NpgsqlConnection connection, string question)
    {
        await using var tables = new NpgsqlCommand(question, connection);
        await using var ask = new NpgsqlCommand((string)(await tables.ExecuteScalarAsync(Ct))!, connection);
        await using var rows = await ask.ExecuteReaderAsync(Ct);
        var all = new List<string>();
        while (await rows.ReadAsync(Ct)) all.Add(rows.GetString(0));

        // The parts of a union come in any order when the server asks for them side by side.
        return string.Join('\n', all.Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await cut.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Has somebody else ask that a person be erased.</summary>
    private async Task<string> AskedAsync(Guid person)
    {
        await using var session = services.GetRequiredService<DocumentStore>().LightweightSession(new(1));
        session.Events.StartStream<ErasureRequest>(
            ErasureRequest.IdOf(person), MutationSample.SomeErasure(person));
        await session.SaveChangesAsync(Ct);
        return NodeId.Encode("Erasure", ErasureRequest.IdOf(person))!;
    }

    private async Task<string> MadeAsync(string document, string mutation, string made)
    {
        var answer = JsonElement.Parse(await AnswerAsync(document, mutation));
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data").GetProperty(mutation).GetProperty(made).GetProperty("id").GetString()!;
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

    private static async Task PrepareAsync(string address, Folders folders)
    {
        await RosterAsync(address, folders, "import", await folders.PackageAsync(Students));
        await RosterAsync(address, folders, "propose", await folders.PackageAsync(Students, day: 40));
        await using var store = DocumentStore.For(options =>
        {
            options.UseDatabase(address);
            Roster.Alert.AddTo(options);
            ApiToken.AddTo(options);
            Hosting.BreakGlass.AddTo(options);
            SecretNote.AddTo(options);
        });
        await store.ApplySchemaAsync(Ct);
        await using var session = store.LightweightSession(new DistrictId(1));
        session.Outbox.Publish("mail.send", "given up", new { To = "ana" });
        session.Events.StartStream<Roster.Alert>(
            Guid.CreateVersion7(), new AlertEvent.Raised(AlertKind.SourceStale, "sis", null, DateTimeOffset.UtcNow));
        session.Events.StartStream<ApiToken>(Guid.CreateVersion7(), MutationSample.SomeToken("hash"));
        session.Events.StartStream<Hosting.BreakGlass>(Guid.CreateVersion7(), MutationSample.SomeBreakGlass());
        await session.SaveChangesAsync(Ct);
        await using var match = store.OwnerDataSource.CreateCommand(
            $"{SomeMatches.Sql}; {SomeAccount.Sql}; {SecretNote.Sql}");
        await match.ExecuteNonQueryAsync(Ct);
        await using var giveUp = store.OwnerDataSource.CreateCommand(
            "update es.outbox set dead_at = now(), attempts = 8, error = 'unreachable'");
        await giveUp.ExecuteNonQueryAsync(Ct);
    }

    private static async Task RosterAsync(string address, Folders folders, string verb, string package)
    {
        using var done = HubProcess.Start(
            ["roster", verb, package, "--data", folders.Data],
            ("K12HUB__Database__ConnectionString", TestDatabase.ApplicationOf(address)),
            ("K12HUB__Database__OwnerConnectionString", address));
        await done.EndAsync();
        Assert.True(done.ExitCode == 0, done.Errors);
    }
}
