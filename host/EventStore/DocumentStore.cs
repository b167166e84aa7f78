using Npgsql;

namespace K12Hub.EventStore;

/// <summary>The event store of one database: where sessions come from. One per process; safe for all threads.</summary>
public sealed class DocumentStore : IAsyncDisposable
{
    private readonly StoreConnections _connections;
    private DatabaseRoles? _roles;

    private DocumentStore(StoreOptions options)
    {
        Options = options;
        _connections = StoreConnections.Open(options);
        Projections = new(options);
        SubjectKeys = new(DataSource, OwnerDataSource, options.KeyRing, options.Time);
        Reader = new(options.Events, SubjectKeys);
        Projectors = new(options, Reader);
        BulkAppend = new(options, SubjectKeys);
        Folder = new(this);
        Erasure = new(this);
        Feed = new(DataSource, Reader);
        Signals = new(DataSource, options, "k12hub_events");
        OutboxSignals = new(DataSource, options, "k12hub_outbox");
        OutboxMessages = new(_connections, options.Time, OutboxSignals);
        Jobs = new(_connections, options, OutboxSignals);
        Audit = new(DataSource, SubjectKeys);
        Daemon = new(this, Projectors);
        ProjectionControl = new(this, Projectors);
    }

    /// <summary>Connections of the role the program works as. A transaction on one sees the rows of the district it
    /// names, and none before.</summary>
    public NpgsqlDataSource DataSource => _connections.Application;

    /// <summary>Connections of the role that owns the tables: to append in bulk, and for administration.</summary>
    public NpgsqlDataSource OwnerDataSource => _connections.Owner;

    /// <summary>Appends by the hundred thousand, inside a transaction the caller owns.</summary>
    public BulkAppend BulkAppend { get; }

    /// <summary>The events of a district in settled order.</summary>
    public EventFeed Feed { get; }

    /// <summary>Makes personal data unreadable for good.</summary>
    public Erasure Erasure { get; }

    /// <summary>Who saw what of whom; a chain of records per district.</summary>
    public AuditTrail Audit { get; }

    /// <summary>Tells all nodes that there are new events.</summary>
    public AppendSignals Signals { get; }

    /// <summary>Tells all nodes that messages were published that are due.</summary>
    public AppendSignals OutboxSignals { get; }

    /// <summary>The messages that are not sent yet.</summary>
    public OutboxMessages OutboxMessages { get; }

    /// <summary>The jobs that are due again and again.</summary>
    public RecurringJobs Jobs { get; }

    /// <summary>Writes the rows of projections in the background, once started.</summary>
    public ProjectionDaemon Daemon { get; }

    /// <summary>What a person may see and do about projections.</summary>
    public ProjectionControl ProjectionControl { get; }

    /// <summary>What the store was told; not to be changed any more.</summary>
    public StoreOptions Options { get; }

    /// <summary>Who calls the functions that serve all districts.</summary>
    internal NpgsqlDataSource AllDistricts => _connections.AllDistricts;

    /// <summary>Who works on the database; asked once.</summary>
    internal async ValueTask<DatabaseRoles> RolesAsync(CancellationToken ct) =>
        _roles ??= await DatabaseRoles.AskAsync(_connections, ct);

    internal InlineProjections Projections { get; }

    internal ProjectorSet Projectors { get; }

    internal SubjectKeys SubjectKeys { get; }

    internal StreamFolder Folder { get; }

    internal RecordedEventReader Reader { get; }

    /// <summary>Makes a store and checks that what it was told fits together. Does not connect yet.</summary>
    public static DocumentStore For(Action<StoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new StoreOptions();
        configure(options);
        foreach (var type in options.Events.Types)
        {
            type.Check();
            if (type.IsPersonal() && options.KeyRing is null)
            {
                throw new ArgumentException($"Events '{type.Name}' hold personal data. Set options.KeyRing.");
            }
        }

        return new(options);
    }

    /// <summary>Installs or updates the store's own schema and makes missing read tables, then checks that the
    /// server keeps what the store promises, rebuilds projections whose rows have changed, and does erasures again that
    /// a restored dump has not. Several nodes may call it at once, also beside nodes of the version before.</summary>
    /// <exception cref="SchemaException">The database differs in a way that needs a person.</exception>
    public Task<SchemaChanges> ApplySchemaAsync(CancellationToken ct) => ApplySchemaAsync(null, ct);

    /// <summary>The same, telling how far rebuilds have come.</summary>
    /// <param name="rebuilds">Told about once a second.</param>
    /// <param name="ct">Cancels; a rebuild that was not done leaves the rows of before.</param>
    /// <exception cref="SchemaException">The database differs in a way that needs a person.</exception>
    public async Task<SchemaChanges> ApplySchemaAsync(IProgress<RebuildProgress>? rebuilds, CancellationToken ct)
    {
        var roles = (await RolesAsync(ct)).Checked();
        var (changes, outdated) = await SchemaInstaller.InstallAsync(
            OwnerDataSource, roles, Options.Tables, Projectors, ct);
        await ServerChecks.RunAsync(DataSource, OwnerDataSource, ct);
        await new Rebuilds(this).RunOutdatedAsync(outdated, rebuilds, ct);
        await Erasure.ReconcileAsync(ct);
        return new([.. changes.Applied, .. outdated.SelectMany(p => p.Tables).Select(t => t.Table)])
        {
            Notices = roles.Notices,
        };
    }

    /// <summary>Makes all rows of a projection anew from the log. Nobody waits meanwhile, except writers of these rows
    /// for a moment at the end; whatever ends it early leaves the old rows.</summary>
    /// <param name="name">The projection.</param>
    /// <param name="progress">Told about once a second; null for nobody.</param>
    /// <param name="ct">Gives it up.</param>
    /// <exception cref="ArgumentException">There is no such projection.</exception>
    /// <exception cref="ProjectionException">An event cannot be projected.</exception>
    public Task RebuildProjectionAsync(string name, IProgress<RebuildProgress>? progress, CancellationToken ct) =>
        new Rebuilds(this).RunAsync(Projectors.Find(name), _ => Task.FromResult(true), progress, ct);

    /// <summary>A unit of work for one district. Reads at once, writes with
    /// <see cref="IDocumentSession.SaveChangesAsync"/>; holds no connection in between.</summary>
    /// <param name="tenant">The district; the session sees no other.</param>
    /// <param name="metadata">Who and why, stored with every event.</param>
    public IDocumentSession LightweightSession(DistrictId tenant, EventMetadata? metadata = null) =>
        new DocumentSession(this, tenant, metadata ?? EventMetadata.None);

    /// <summary>The row that an inline projection makes of a folded aggregate; null when it makes none of this
    /// one.</summary>
    /// <exception cref="InvalidOperationException">No inline projection makes such rows.</exception>
    public TRow? RowOf<TAggregate, TRow>(TAggregate aggregate)
        where TAggregate : class
        where TRow : class => (TRow?)Projections.RowOf(typeof(TAggregate), typeof(TRow), aggregate);

    /// <summary>The rows a projection makes of the first events of a district, as they would have been read when the
    /// log had come to a position. For small questions: they are made in memory, of 10,000 events at most.</summary>
    /// <typeparam name="TRow">The row record.</typeparam>
    /// <param name="tenant">The district.</param>
    /// <param name="position">A settled position, for instance that of an event.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The position is not settled yet.</exception>
    /// <exception cref="ProjectionException">There are more events than that.</exception>
    public Task<IReadOnlyList<TRow>> RowsAsOfAsync<TRow>(DistrictId tenant, long position, CancellationToken ct)
        where TRow : class => new RowsAsOf(this).FindAsync<TRow>(tenant, position, ct);

    /// <summary>Waits until all projections in the background have come to a position, by the daemon of whatever
    /// node.</summary>
    /// <param name="tenant">The district.</param>
    /// <param name="position">Mostly <see cref="SaveResult.LastPosition"/>; null for the latest event there is.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="TimeoutException">The message names the projection that has not come so far.</exception>
    /// <exception cref="ProjectionException">The projection is paused: it will not come so far by itself.</exception>
    public Task WaitForNonStaleDataAsync(
        DistrictId tenant, long? position, TimeSpan timeout, CancellationToken ct) =>
        new StaleData(this, Projectors).WaitAsync(tenant.Required, position, timeout, ct);

    /// <summary>Makes a new key in the ring the current one and wraps the keys of all subjects of a district in it. A
    /// replaced key that wraps nothing any more is destroyed once the ring keeps it for no dump.</summary>
    /// <returns>How many keys were wrapped anew.</returns>
    public Task<int> RotateKeysAsync(DistrictId tenant, CancellationToken ct) =>
        new KeyRotation(DataSource, Options.KeyRing, SubjectKeys).RunAsync(tenant, ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Daemon.DisposeAsync();
        await Signals.DisposeAsync();
        await OutboxSignals.DisposeAsync();
        await _connections.DisposeAsync();
    }
}
