using K12Hub.Testing;

namespace K12Hub.EventStore.Tests;

/// <summary>A store with personal data, on a database and a folder of keys of its own.</summary>
internal sealed class FamilyStore : IAsyncDisposable
{
    /// <summary>Ana Ortiz; her children are Ben and Carla.</summary>
    public static readonly Guid Ortiz = new("00000000-0000-0000-0000-0000000000a1");

    public static readonly Guid Okafor = new("00000000-0000-0000-0000-0000000000a2");

    private readonly TestDatabase _database;
    private readonly FileErasureLedger _ledger;

    private FamilyStore(TestDatabase database)
    {
        _database = database;
        Folder = Directory.CreateTempSubdirectory("k12hub-keys-").FullName;
        _ledger = new(LedgerFile);
        Store = Open(database.ConnectionString);
    }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static DistrictId Lincoln => TestStore.Lincoln;

    public DocumentStore Store { get; }

    public string Folder { get; }

    public string LedgerFile => Path.Combine(Folder, "erasures.log");

    public string ConnectionString => _database.ConnectionString;

    public static async Task<FamilyStore> CreateAsync() =>
        new(await TestDatabase.CreateAsync("families", async address =>
        {
            await using var store = DocumentStore.For(options =>
            {
                Configure(options, address);
                options.KeyRing = new FileKeyRing("/nowhere", TimeProvider.System);
            });
            await store.ApplySchemaAsync(Ct);
        }));

    public static void Configure(StoreOptions options, string connectionString)
    {
        options.UseDatabase(connectionString);
        options.Events.MapEventType<FamilyRegistered>("family.registered");
        options.Events.MapEventType<FamilyMoved>("family.moved");
        options.Events.MapEventType<FamilyNoted>("family.noted");
        options.Aggregates.Add<Family>("family").SnapshotEvery(10);
        options.Tables.Add<FamilyRow>("families.list", version: 1, t => t.Key(row => row.Id).FollowsStream());
        options.Tables.Add<FamilyCard>("families.cards", version: 1, t => t.Key(row => row.Id).FollowsStream());
        options.Tables.Add<FamilyName>("families.names", version: 1, t => t.Key(row => row.Family));
        options.Projections.Add<FamilyList>(ProjectionLifecycle.Inline);
        options.Projections.Add<FamilyCards>(ProjectionLifecycle.Async);
        options.Projections.Add<FamilyNames>(ProjectionLifecycle.Async);
    }

    /// <summary>Another node, or the same after a restart: with the same keys and nothing in memory.</summary>
    public DocumentStore Open(string connectionString, Action<StoreOptions>? more = null) =>
        DocumentStore.For(options =>
        {
            Configure(options, connectionString);
            options.KeyRing = new FileKeyRing(Path.Combine(Folder, "ring"), TimeProvider.System);
            options.ErasureLedger = _ledger;
            more?.Invoke(options);
        });

    public async Task RegisterAsync(
        Guid family, string name, DocumentStore? store = null, DistrictId? tenant = null, params object[] more)
    {
        await using var session = (store ?? Store).LightweightSession(tenant ?? Lincoln);
        session.Events.StartStream<Family>(family, [Registered(family, name), .. more]);
        session.Outbox.Publish("mail.send", $"welcome-{family}", new Letter(family, $"Welcome, {name}", "welcome"));
        await session.SaveChangesAsync(Ct);
    }

    public static FamilyRegistered Registered(Guid family, string name) =>
        new(family, name, "555-0101", [$"Ben {name}", $"Carla {name}"], "Lincoln Elementary");

    public Task<ErasureEntry> EraseAsync(Guid family, DocumentStore? store = null) =>
        (store ?? Store).Erasure.EraseSubjectAsync(Lincoln, family, "request 17", "person:reyes", Ct);

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var command = Store.OwnerDataSource.CreateCommand(sql);
        var value = await command.ExecuteScalarAsync(Ct);
        return value is null or DBNull ? default : (T)value;
    }

    /// <summary>Lines of JSON, or of whatever one column holds.</summary>
    public async Task<string> LinesAsync(string sql)
    {
        await using var command = Store.OwnerDataSource.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(Ct);
        var lines = new List<string>();
        while (await rows.ReadAsync(Ct))
        {
            lines.Add(rows.IsDBNull(0) ? "-" : rows.GetString(0));
        }

        return string.Join('\n', lines);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Store.OwnerDataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _ledger.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
