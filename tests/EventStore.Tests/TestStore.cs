using K12Hub.Testing;

namespace K12Hub.EventStore.Tests;

/// <summary>A store on a database of its own.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public static readonly DistrictId Lincoln = new(1);
    public static readonly DistrictId Franklin = new(2);

    private readonly TestDatabase _database;

    private readonly Action<StoreOptions>? _more;

    private TestStore(TestDatabase database, Action<StoreOptions>? more)
    {
        (_database, _more) = (database, more);
        Store = Open();
    }

    public DocumentStore Store { get; }

    public string ConnectionString => _database.ConnectionString;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TestStore> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync("inquiries", async address =>
        {
            await using var store = DocumentStore.For(options => Configure(options, address));
            await store.ApplySchemaAsync(Ct);
        });
        return new(database, null);
    }

    /// <summary>A store with more in it.</summary>
    public static async Task<TestStore> CreateAsync(Action<StoreOptions> more)
    {
        var test = new TestStore(await TestDatabase.CreateAsync(), more);
        await test.Store.ApplySchemaAsync(Ct);
        return test;
    }

    /// <summary>Another node: the same store on the same database.</summary>
    /// <param name="also">What is different about it.</param>
    public DocumentStore Open(Action<StoreOptions>? also = null) => DocumentStore.For(options =>
    {
        Configure(options, _database.ConnectionString);
        _more?.Invoke(options);
        also?.Invoke(options);
    });

    public static void Configure(StoreOptions options, string? connectionString)
    {
        options.UseDatabase(connectionString);
        options.Events.MapEventType<InquiryOpened>("inquiry.opened");
        options.Events.MapEventType<InquiryAssigned>("inquiry.assigned");
        options.Events.MapEventType<InquiryAnswered>("inquiry.answered");
        options.Events.MapEventType<InquiryClosed>("inquiry.closed");
        options.Events.MapEventType<NoteWritten>("note.written");
        options.Aggregates.Add<Inquiry>("inquiry");
        options.Aggregates.Add<Note>("note", id => new(id, 0, ""), Note.Evolve);
        options.Tables.Add<InquiryRow>("inquiries.queue", version: 1, t => t
            .Key(row => row.Id)
            .Index(row => row.Assignee, row => row.Id, where: "assignee is not null")
            .FollowsStream());
        options.Projections.Add<InquiryQueue>(ProjectionLifecycle.Inline);
    }

    public IDocumentSession Session(DistrictId? tenant = null) => Store.LightweightSession(tenant ?? Lincoln);

    public async Task<SaveResult> OpenAsync(Guid id, string subject = "Bus 12 was late", params object[] more)
    {
        await using var session = Session();
        session.Events.StartStream<Inquiry>(id, [new InquiryOpened(subject), .. more]);
        return await session.SaveChangesAsync(Ct);
    }

    public async Task<SaveResult> WriteAsync(Guid id, string text, DistrictId? tenant = null)
    {
        await using var session = Session(tenant);
        session.Events.Append<Note>(id, ExpectedVersion.Any, new NoteWritten(text));
        return await session.SaveChangesAsync(Ct);
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var command = Store.OwnerDataSource.CreateCommand(sql);
        var value = await command.ExecuteScalarAsync(Ct);
        return value is null or DBNull ? default : (T)value;
    }

    public Task<long> CountAsync(string table) => ScalarAsync<long>($"select count(*) from {table}");

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Store.OwnerDataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>Rows as text: values apart by a space, lines by a line end.</summary>
    public async Task<string> RowsAsync(string sql)
    {
        await using var command = Store.OwnerDataSource.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(Ct);
        var lines = new List<string>();
        while (await rows.ReadAsync(Ct))
        {
            lines.Add(string.Join(' ', Enumerable.Range(0, rows.FieldCount).Select(i => rows.GetValue(i))));
        }

        return string.Join('\n', lines);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _database.DisposeAsync();
    }
}
