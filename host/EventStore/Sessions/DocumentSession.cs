using System.Diagnostics;
using Npgsql;

namespace K12Hub.EventStore;

internal sealed class DocumentSession : IDocumentSession
{
    // Of which the second is right unless keys are made and destroyed all the time.
    private const int MostGuesses = 4;

    private readonly DocumentStore _store;
    private (Guid Id, string? ResultJson)? _command;
    private bool _failed;

    public DocumentSession(DocumentStore store, DistrictId tenant, EventMetadata metadata)
    {
        _ = tenant.Required;
        (_store, Tenant, Metadata) = (store, tenant, metadata);
        Events = new(store, tenant);
        Outbox = new(store.Options.Events, store.Options.Time);
    }

    public DistrictId Tenant { get; }

    public EventMetadata Metadata { get; set; }

    public EventOperations Events { get; }

    public Outbox Outbox { get; }

    public void IdentifyCommand(Guid commandId, string? resultJson = null) => _command = (commandId, resultJson);

    public async Task<SaveResult> SaveChangesAsync(CancellationToken ct)
    {
        if (_failed)
        {
            throw new InvalidOperationException("This unit of work failed. Open a new session and decide again.");
        }

        var streams = Events.Pending.Where(s => !s.IsEmpty).OrderBy(s => s.Id).ToList();
        if (streams.Count == 0 && Outbox.Pending.Count == 0 && _command is null)
        {
            return SaveResult.Nothing;
        }

        _failed = true;
        foreach (var archived in streams.Where(s => s.Archive))
        {
            archived.Happened.Add(new StreamArchived());
        }

        await FoldForRowsAsync(streams, ct);
        var saved = await SendAsync(streams, ct);
        _failed = false;
        if (saved.LastPosition > 0)
        {
            _store.Signals.Raise(Tenant);
        }

        if (!saved.AlreadyDone && Outbox.Pending.Count > 0)
        {
            _store.OutboxSignals.Raise(Tenant);
        }

        Events.Saved(saved.Streams);
        Outbox.Pending.Clear();
        _command = null;
        return saved;
    }

    public async Task<CommandOutcome?> FindCommandAsync(Guid commandId, CancellationToken ct)
    {
        await using var command = _store.DataSource.CreateCommand(
            Tenant, "select result::text from es.commands where tenant_id = $1 and command_id = $2");
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = Tenant.Required });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = commandId });
        return await command.ExecuteScalarAsync(ct) switch
        {
            null => null,
            var stored => new CommandOutcome(stored as string),
        };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Streams that were only appended to are loaded when a row depends on their state.</summary>
    private async Task FoldForRowsAsync(List<PendingStream> streams, CancellationToken ct)
    {
        foreach (var stream in streams.Where(s => s.Aggregate is not null && s.Happened.Count > 0))
        {
            var hasRows = _store.Projections.Of(stream.Aggregate!.ClrType).Count > 0;
            if (hasRows && !stream.IsLoaded)
            {
                await Events.LoadAsync(stream, ct);
            }

            if (hasRows || stream.IsHeld)
            {
                stream.Fold();
                stream.Subjects.UnionWith(stream.Happened.SelectMany(
                    one => _store.Options.Events.Find(one).Personal.SubjectsOf(one)));
            }
        }
    }

    private async Task<SaveResult> SendAsync(List<PendingStream> streams, CancellationToken ct)
    {
        var snapshots = new SnapshotWriter(_store, Tenant);
        for (var guesses = 1; ; guesses++)
        {
            var keys = await UnitKeys.FindAsync(_store, Tenant, streams, Outbox.Pending, ct);
            var due = snapshots.Prepare(streams, keys);
            try
            {
                var saved = await SendAsync(streams, keys, ct);
                await snapshots.StoreAsync(saved.AlreadyDone ? [] : due, ct);
                return saved;
            }
            catch (PostgresException refused) when (refused.SqlState == StoreErrors.OtherKey && guesses < MostGuesses)
            {
                // A key was taken for new and was not, or its subject was erased. Nothing was stored.
                await _store.SubjectKeys.RefreshAsync(Tenant, keys.Subjects, ct);
            }
        }
    }

    private async Task<SaveResult> SendAsync(List<PendingStream> streams, UnitKeys keys, CancellationToken ct)
    {
        var unit = new UnitOfWork(_store, Tenant, Metadata);
        var (started, outcome) = (Stopwatch.GetTimestamp(), (string?)"failed");
        using var activity = StoreTelemetry.StartAppend();
        try
        {
            await using var batch = unit.Build(streams, Outbox.Pending, _command, keys);
            var saved = await UnitOfWork.SendAsync(batch, streams, ct);
            outcome = null;
            _store.SubjectKeys.Remember(Tenant, keys.Made);
            return saved;
        }
        catch (PostgresException refused) when (refused.SqlState == StoreErrors.AlreadyDone)
        {
            outcome = null;
            var first = await FindCommandAsync(_command!.Value.Id, ct);
            return SaveResult.Nothing with { AlreadyDone = true, ResultJson = first?.ResultJson };
        }
        catch (PostgresException refused) when (StoreErrors.Translate(refused) is { } known)
        {
            outcome = known.GetType().Name;
            throw known;
        }
        finally
        {
            StoreTelemetry.Appended(started, outcome);
        }
    }
}
