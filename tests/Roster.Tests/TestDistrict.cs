using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.OneRoster;
using K12Hub.Testing;

namespace K12Hub.Roster.Tests;

/// <summary>A district with a database of its own that takes packages in through the real connector.</summary>
internal sealed class TestDistrict : IAsyncDisposable
{
    public static readonly DistrictId Id = new(1);

    private readonly TestDatabase database;
    private readonly RosterImport import;
    private Dictionary<string, (long Read, long Rejected)> rows = [];

    private TestDistrict(TestDatabase database, DocumentStore store) =>
        (this.database, Store, import) = (database, store, new RosterImport(store, TimeProvider.System));

    public DocumentStore Store { get; }

    public string ConnectionString => database.ConnectionString;

    public string Database => database.Name;

    public static async Task<TestDistrict> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync("roster", PrepareAsync);
        return new(database, Open(database.ConnectionString));
    }

    /// <summary>A district whose tables belong to a role that row-level security binds.</summary>
    public static async Task<TestDistrict> CreateBoundAsync()
    {
        var database = await TestDatabase.CreateAsync();
        var owner = await database.GiveToOwnerAsync();
        await PrepareAsync(owner);
        return new(database, Open(owner));
    }

    /// <summary>Takes a package in.</summary>
    public async Task<ImportOutcome> ImportAsync(Package package, bool force = false)
    {
        var folder = Directory.CreateTempSubdirectory("k12hub-roster-");
        try
        {
            package.WriteTo(folder.FullName);
            return await ImportAsync(folder.FullName, force);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Takes a package in from its file or folder.</summary>
    public async Task<ImportOutcome> ImportAsync(string fileOrFolder, bool force = false)
    {
        var ct = TestContext.Current.CancellationToken;
        var findings = new CollectedFindings();
        var options = new ImportOptions(force);
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

    /// <summary>Rows of the last package that the connector read, and of those the ones it left out.</summary>
    public (long Read, long Rejected) RowsRead(string collection) => rows[collection];

    /// <summary>Takes anything in.</summary>
    public Task<ImportOutcome> ImportAsync(IRosterSource source, CancellationToken ct) =>
        import.RunAsync(Id, source, new(), new(), progress: null, ct);

    /// <summary>Takes anything in, with what its connector finds wrong.</summary>
    public Task<ImportOutcome> ImportAsync(IRosterSource source, CollectedFindings findings, CancellationToken ct) =>
        import.RunAsync(Id, source, findings, new(), progress: null, ct);

    /// <summary>All values of the first column.</summary>
    public async Task<List<string>> ListAsync(string sql)
    {
        var all = new List<string>();
        await using var command = Store.OwnerDataSource.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await rows.ReadAsync(TestContext.Current.CancellationToken)) all.Add(rows.GetValue(0).ToString()!);
        return all;
    }

    /// <summary>The one value of a query.</summary>
    public async Task<string> OneAsync(string sql) => Assert.Single(await ListAsync(sql));

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await database.DisposeAsync();
    }

    private static DocumentStore Open(string connectionString) => DocumentStore.For(options =>
    {
        options.UseDatabase(connectionString);
        RosterEvents.AddTo(options.Events);
        RosterTables.AddTo(options.Tables);
    });

    private static async Task PrepareAsync(string connectionString)
    {
        await using var store = Open(connectionString);
        await store.ApplySchemaAsync(default);
    }
}
