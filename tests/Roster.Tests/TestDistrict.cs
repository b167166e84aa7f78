using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.Hosting;
using K12Hub.OneRoster;
using K12Hub.OneRoster.Supplements;
using K12Hub.Testing;
using NpgsqlTypes;

namespace K12Hub.Roster.Tests;

/// <summary>A district with a database of its own that takes packages in through the real connector.</summary>
internal sealed class TestDistrict : IAsyncDisposable
{
    public static readonly DistrictId Id = new(1);

    /// <summary>Who is not sent has ended.</summary>
    public static readonly RosterSourceSettings NoGrace = new() { GraceDays = 0 };

    // Keys to what was taken in, by what it was.
    private static readonly ConcurrentDictionary<string, DirectoryInfo> TakenIn = new();

    private readonly RosterSettings settings = new();

    private readonly TestDatabase database;
    private readonly string owner;
    private readonly DirectoryInfo keys = Directory.CreateTempSubdirectory("k12hub-keys-");
    private readonly RosterImport import;
    private Dictionary<string, (long Read, long Rejected)> rows = [];

    private TestDistrict(TestDatabase database, string owner, TimeProvider? time = null)
    {
        (this.database, this.owner) = (database, owner);
        Store = Open();
        import = new(Store, time ?? TimeProvider.System, settings);
        Runs = new(Store, time ?? TimeProvider.System);
        Supplements = new(Store, import, time ?? TimeProvider.System, new SupplementCsv(new()));
    }

    public DocumentStore Store { get; }

    /// <summary>What its source may do by itself; as it comes by default.</summary>
    public RosterSourceSettings Limits
    {
        set => settings.Sources[ImportOptions.MainSource] = value;
    }

    public RosterRuns Runs { get; }

    public RosterSupplements Supplements { get; }

    /// <summary>Writes down whom a file is about.</summary>
    public AccessNotes Notes => AccessNotes.Of(Store, Viewer.OfClient("reyes", Id.Value, []), "test");

    public string ConnectionString => database.ConnectionString;

    public string Database => database.Name;

    /// <param name="time">What it takes for the time; the real one by default.</param>
    public static async Task<TestDistrict> CreateAsync(TimeProvider? time = null)
    {
        var database = await TestDatabase.CreateAsync("roster", PrepareAsync);
        return new(database, database.ConnectionString, time);
    }

    /// <summary>A district that has taken a package in; those with the same package are copies of one.</summary>
    public static async Task<TestDistrict> CreateAsync(Package package)
    {
        var keys = TakenIn.GetOrAdd(package.ToString(), _ => KeysOfAll());
        var database = await TestDatabase.CreateAsync(
            $"roster {keys.Name}", address => PrepareAsync(address, package, keys.FullName));
        var district = new TestDistrict(database, database.ConnectionString);
        foreach (var key in keys.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(district.keys.FullName, Path.GetRelativePath(keys.FullName, key.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            key.CopyTo(copy);
        }

        return district;
    }

    /// <summary>Another store on the same district, with nothing in memory.</summary>
    public DocumentStore Open(Action<StoreOptions>? also = null) => DocumentStore.For(options =>
    {
        Configure(options, owner);
        KeepKeys(options);
        also?.Invoke(options);
    });

    /// <summary>Tells a store where the keys to this district's personal data are.</summary>
    public void KeepKeys(StoreOptions options) => KeepKeys(options, keys.FullName);

    /// <summary>A district whose tables belong to a role that row-level security binds.</summary>
    public static async Task<TestDistrict> CreateBoundAsync()
    {
        var database = await TestDatabase.CreateAsync();
        var owner = await database.GiveToOwnerAsync();
        await PrepareAsync(owner);
        return new(database, owner);
    }

    /// <summary>Takes a package in.</summary>
    public async Task<ImportOutcome> ImportAsync(Package package, bool proposeOnly = false)
    {
        var folder = Directory.CreateTempSubdirectory("k12hub-roster-");
        try
        {
            package.WriteTo(folder.FullName);
            return await ImportAsync(folder.FullName, proposeOnly);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Takes a package of another source in.</summary>
    public async Task<ImportOutcome> ImportAsync(string source, Package package)
    {
        var folder = Directory.CreateTempSubdirectory("k12hub-roster-");
        try
        {
            package.WriteTo(folder.FullName);
            return await ImportAsync(folder.FullName, proposeOnly: false, source);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Takes a package in from its file or folder.</summary>
    public async Task<ImportOutcome> ImportAsync(
        string fileOrFolder, bool proposeOnly = false, string from = ImportOptions.MainSource)
    {
        var ct = TestContext.Current.CancellationToken;
        var findings = new CollectedFindings();
        var options = new ImportOptions(from, ProposeOnly: proposeOnly);
        var opening = await OneRosterCsv.OpenAsync(fileOrFolder, new(), findings, ct);
        foreach (var rejection in opening.Rejections) findings.Add(rejection);
        if (opening.Source is not { } source)
        {
            return await import.RejectAsync(Id, "OneRoster CSV", Path.GetFileName(fileOrFolder), findings, options, ct);
        }

        await using (source)
        {
            var outcome = await import.RunAsync(Id, source, findings, options, progress: null, ct);
            rows = RosterCollections.All.ToDictionary(name => name, source.RowsOf);
            return outcome;
        }
    }

    /// <summary>Takes a supplementary file in.</summary>
    public Task<ImportOutcome> SupplementAsync(params string[] lines) => SupplementAsync("sis", false, lines);

    /// <summary>Takes a supplementary file of a source in, or proposes it.</summary>
    public Task<ImportOutcome> SupplementAsync(string source, bool proposeOnly, params string[] lines)
    {
        var text = Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n");
        return Supplements.ImportAsync(
            Id, source, new("supplement.csv", text.Length, () => new MemoryStream(text)), proposeOnly, "cli:test",
            TestContext.Current.CancellationToken);
    }

    /// <summary>Rows of the last package that the connector read, and of those the ones it left out.</summary>
    public (long Read, long Rejected) RowsRead(string collection) => rows[collection];

    /// <summary>Takes anything in.</summary>
    public Task<ImportOutcome> ImportAsync(IRosterSource source, CancellationToken ct) =>
        import.RunAsync(Id, source, new(), new(), progress: null, ct);

    /// <summary>Takes anything in, with what its connector finds wrong.</summary>
    public Task<ImportOutcome> ImportAsync(IRosterSource source, CollectedFindings findings, CancellationToken ct) =>
        import.RunAsync(Id, source, findings, new(), progress: null, ct);

    /// <summary>Waits until history and ledger have followed the log.</summary>
    public async Task ProjectAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        Store.Daemon.StartAll();
        var settled = await Store.Feed.SettledAsync(Id, ct);
        await Store.WaitForNonStaleDataAsync(Id, settled, TimeSpan.FromMinutes(2), ct);
    }

    /// <summary>Every record of the roster, with its hash and when it ended: what two states of a roster are compared
    /// by.</summary>
    public Task<List<string>> RosterAsync() => ListAsync(string.Join(" union all ", RosterKinds.All.Select(kind =>
        $"select '{kind.Noun} ' || id || ' ' || row_hash || coalesce(' ended ' || ended_at, '') from {kind.View}"))
        + " order by 1");

    /// <summary>All values of the first column.</summary>
    public async Task<List<string>> ListAsync(string sql)
    {
        var all = new List<string>();
        await using var command = Store.OwnerDataSource.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await rows.ReadAsync(TestContext.Current.CancellationToken)) all.Add(rows.GetValue(0).ToString()!);
        return all;
    }

    /// <summary>Fills a table <c>opened</c> with the records of all events as a program reads them.</summary>
    public async Task OpenEventsAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        await ListAsync(
            "create table opened (position bigint, stream_id uuid, version integer, type text, record jsonb)");
        var settled = await Store.Feed.SettledAsync(Id, ct);
        for (var position = 0L; position < settled;)
        {
            var page = await Store.Feed.ReadSettledAsync(Id, position, 1_000, null, ct);
            foreach (var one in page.Events.Where(one => one.Data is not (SyncRunFinished or SubjectErased)))
            {
                await using var insert = Store.OwnerDataSource.CreateCommand(
                    "insert into opened values ($1, $2, $3, $4, $5)");
                insert.Parameters.Add(new() { Value = one.Position });
                insert.Parameters.Add(new() { Value = one.StreamId });
                insert.Parameters.Add(new() { Value = one.Version });
                insert.Parameters.Add(new() { Value = one.Type });
                insert.Parameters.Add(new() { Value = RecordOf(one.Data), NpgsqlDbType = NpgsqlDbType.Jsonb });
                await insert.ExecuteNonQueryAsync(ct);
            }

            position = page.SettledTo;
        }
    }

    /// <summary>The one value of a query.</summary>
    public async Task<string> OneAsync(string sql) => Assert.Single(await ListAsync(sql));

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await database.DisposeAsync();
        keys.Delete(recursive: true);
    }

    private string RecordOf(object happened)
    {
        var json = JsonSerializer.SerializeToNode(happened, happened.GetType(), Store.Options.Events.Json)!;
        return json["record"]?.ToJsonString() ?? "null";
    }

    private static void Configure(StoreOptions options, string connectionString)
    {
        options.UseDatabase(connectionString);
        RosterModule.AddTo(options);
    }

    private static DirectoryInfo KeysOfAll()
    {
        var folder = Directory.CreateTempSubdirectory("k12hub-keys-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder;
    }

    private static void KeepKeys(StoreOptions options, string folder)
    {
        options.KeyRing = new FileKeyRing(folder, TimeProvider.System);
        options.ErasureLedger = new FileErasureLedger(Path.Combine(folder, "erasures.log"));
    }

    private static async Task PrepareAsync(string connectionString, Package package, string keys)
    {
        await PrepareAsync(connectionString);
        await using var store = DocumentStore.For(options =>
        {
            Configure(options, connectionString);
            KeepKeys(options, keys);
        });
        var folder = Directory.CreateTempSubdirectory("k12hub-roster-");
        package.WriteTo(folder.FullName);
        var opening = await OneRosterCsv.OpenAsync(folder.FullName, new(), new CollectedFindings(), default);
        await using (var source = opening.Source!)
        {
            await new RosterImport(store, TimeProvider.System, new()).RunAsync(
                Id, source, new(), new(), progress: null, default);
        }

        folder.Delete(recursive: true);
    }

    private static async Task PrepareAsync(string connectionString)
    {
        await using var store = DocumentStore.For(options =>
        {
            Configure(options, connectionString);
            options.KeyRing = new FileKeyRing("/nowhere", TimeProvider.System);
        });
        await store.ApplySchemaAsync(default);
    }
}
