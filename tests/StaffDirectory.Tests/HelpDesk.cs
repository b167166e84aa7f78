using K12Hub.District;
using K12Hub.EventStore;
using K12Hub.Testing;

namespace K12Hub.StaffDirectory.Tests;

/// <summary>A district with a directory in a database of its own.</summary>
internal sealed class HelpDesk : IAsyncDisposable
{
    public static readonly DistrictId Lincoln = new(1);
    public static readonly DistrictId Franklin = new(2);

    private readonly TestDatabase database;

    private HelpDesk(TestDatabase database) => (this.database, Store) = (database, Open(database.ConnectionString));

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public DocumentStore Store { get; }

    public AreaBook Areas => new(Store);

    public HelpSearch Search => new(Store);

    public static async Task<HelpDesk> CreateAsync() =>
        new(await TestDatabase.CreateAsync("directory", async connectionString =>
        {
            await using var store = Open(connectionString);
            await store.ApplySchemaAsync(default);
        }));

    /// <summary>A district that says what districts begin with.</summary>
    public static async Task<HelpDesk> WithAreasAsync()
    {
        var desk = await CreateAsync();
        foreach (var area in HelpAreas.All)
        {
            var (_, refusal) = await desk.Areas.DescribeAsync(
                Lincoln, area.Key, new(area.Language, area.Name, area.Description, area.Phrases), "reyes", Ct);
            Assert.True(refusal is null, $"{area.Key} {area.Language}: {refusal?.Message}");
        }

        await desk.ProjectAsync();
        return desk;
    }

    /// <summary>Says what an area is; it has to be taken.</summary>
    public async Task DescribeAsync(string key, AreaText said) =>
        Assert.Null((await Areas.DescribeAsync(Lincoln, key, said, "reyes", Ct)).Refusal);

    /// <summary>The keys of what is found.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string question, string? language)
    {
        var found = await Search.FindAsync(Lincoln, question, language, Ct);
        return
        [
            .. found.Select(one =>
                HelpAreas.All.FirstOrDefault(area => Area.IdOf(area.Key) == one.Area)?.Key ?? $"{one.Area}"),
        ];
    }

    /// <summary>How many events there are.</summary>
    public async Task<long> EventsAsync()
    {
        await using var command = Store.OwnerDataSource.CreateCommand("select count(*) from es.events");
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    /// <summary>Waits until words have followed the log.</summary>
    public async Task ProjectAsync()
    {
        Store.Daemon.StartAll();
        var settled = await Store.Feed.SettledAsync(Lincoln, Ct);
        await Store.WaitForNonStaleDataAsync(Lincoln, settled, TimeSpan.FromMinutes(2), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await database.DisposeAsync();
    }

    private static DocumentStore Open(string connectionString) => DocumentStore.For(options =>
    {
        options.UseDatabase(connectionString);
        options.KeyRing = new FileKeyRing("/nowhere", TimeProvider.System); // Nobody's data is in areas.
        StaffDirectoryModule.AddTo(options);
    });
}
