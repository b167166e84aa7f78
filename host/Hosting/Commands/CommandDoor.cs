using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>The only way in for what changes something, for API and pages alike: asks the policy, loads, folds,
/// decides, appends. Two round trips; a lost race is run again.</summary>
public sealed class CommandDoor
{
    /// <summary>How often a command that lost a race decides anew.</summary>
    public const int MostReruns = 3;

    private readonly DocumentStore store;
    private readonly ViewerScope scope;
    private readonly ICommandPolicy policy;
    private readonly KnownIds known;
    private readonly AccessNotes notes;
    private readonly TimeProvider time;

    internal CommandDoor(
        DocumentStore store, ViewerScope scope, ICommandPolicy policy, KnownIds known, AccessNotes notes,
        TimeProvider time) =>
        (this.store, this.scope, this.policy, this.known, this.notes, this.time) =
            (store, scope, policy, known, notes, time);

    /// <summary>Carries a command out, or says why not.</summary>
    /// <typeparam name="TCommand">The command.</typeparam>
    /// <typeparam name="TState">What its stream folds into.</typeparam>
    /// <typeparam name="TEvent">What can happen.</typeparam>
    /// <param name="type">The command as the generator wrote it down: <c>AssignInquirySchema.Command</c>.</param>
    /// <param name="command">What is asked for.</param>
    /// <param name="idempotencyKey">Chosen by whoever may repeat the command: a second one with the same key of the
    /// same viewer changes nothing and gets the first one's answer. Null when it is not repeated.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<CommandResult<TState>> RunAsync<TCommand, TState, TEvent>(
        CommandType<TCommand, TState, TEvent> type,
        TCommand command,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default)
        where TState : class
        where TEvent : class
    {
        ArgumentNullException.ThrowIfNull(type);
        if (scope.Viewer.District is null) return Refused<TState>(Refusal.NotAllowed);
        if (!policy.May(scope.Viewer, type.Policy, subject: null))
        {
            await notes.DeniedAsync([type.Name], cancellationToken).ConfigureAwait(false);
            return Refused<TState>(Refusal.NotAllowed);
        }

        var once = idempotencyKey is null ? null : CommandKey.Of(scope.Viewer, type.Name, idempotencyKey, command);
        var id = type.Subject(command) ?? once?.NewId ?? Guid.CreateVersion7(time.GetUtcNow());
        var seen = new FirstSeen();
        for (var rerun = 0; ; rerun++)
        {
            try
            {
                return await TryAsync(type, command, id, once, seen, cancellationToken).ConfigureAwait(false);
            }
            catch (ConcurrencyException) when (rerun < MostReruns)
            {
                // Nothing was stored. The next turn decides on what the faster writer left.
            }
            catch (ConcurrencyException)
            {
                return Refused<TState>(await ConflictAsync(id, seen, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception closed) when (closed is StreamArchivedException or SubjectErasedException)
            {
                return Refused<TState>(closed is SubjectErasedException ? Refusal.Erased : Refusal.Archived);
            }
        }
    }

    /// <summary>The row that an inline projection makes of a state; null when it makes none of this one.</summary>
    /// <typeparam name="TState">What the stream folds into.</typeparam>
    /// <typeparam name="TRow">The row.</typeparam>
    /// <param name="state">The folded state.</param>
    /// <exception cref="InvalidOperationException">No inline projection makes such rows.</exception>
    public TRow? RowOf<TState, TRow>(TState state)
        where TState : class
        where TRow : class => store.RowOf<TState, TRow>(state);

    private async Task<CommandResult<TState>> TryAsync<TCommand, TState, TEvent>(
        CommandType<TCommand, TState, TEvent> type,
        TCommand command,
        Guid id,
        CommandKey? once,
        FirstSeen seen,
        CancellationToken cancellationToken)
        where TState : class
        where TEvent : class
    {
        var metadata = new EventMetadata(scope.Viewer.Id, CausationId: once?.CommandId);
        var session = store.LightweightSession(scope.District, metadata);
        await using var disposing = session.ConfigureAwait(false);
        var stream = await session.Events.FetchForWriting<TState>(id, cancellationToken).ConfigureAwait(false);
        seen.Version ??= stream.CurrentVersion;
        var decision = await DecideAsync(type, command, stream, cancellationToken).ConfigureAwait(false);
        if (decision.Refusal is { } refusal)
        {
            return await RefuseAsync<TState>(session, once, refusal, cancellationToken).ConfigureAwait(false);
        }

        stream.AppendMany(decision.Events);
        if (once is not null)
        {
            session.IdentifyCommand(once.CommandId, once.Result(id, stream.CurrentVersion + decision.Events.Count));
        }

        var saved = await session.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return saved.AlreadyDone
            ? await AgainAsync<TState>(session, once!, saved.ResultJson, cancellationToken).ConfigureAwait(false)
            : new CommandResult<TState>
            {
                Id = id,
                State = stream.Aggregate,
                Version = stream.CurrentVersion,
                Position = saved.LastPosition,
            };
    }

    /// <summary>What was carried out before may be refused now: the first answer counts.</summary>
    private static async Task<CommandResult<TState>> RefuseAsync<TState>(
        IDocumentSession session, CommandKey? once, Refusal refusal, CancellationToken cancellationToken)
        where TState : class => once is not null
            && await session.FindCommandAsync(once.CommandId, cancellationToken).ConfigureAwait(false) is { } done
                ? await AgainAsync<TState>(session, once, done.ResultJson, cancellationToken).ConfigureAwait(false)
                : Refused<TState>(refusal);

    private async ValueTask<Decision<TEvent>> DecideAsync<TCommand, TState, TEvent>(
        CommandType<TCommand, TState, TEvent> type, TCommand command, IEventStream<TState> stream,
        CancellationToken cancellationToken)
        where TState : class
        where TEvent : class
    {
        if (stream.State is null && type.NeedsState)
        {
            return Refusal.NotFound(stream.Kind);
        }

        if (!policy.May(scope.Viewer, type.Policy, (object?)stream.State ?? command)
            || (command is IHasSubject or IGivesRole && !policy.May(scope.Viewer, type.Policy, command)))
        {
            await notes.DeniedAsync([type.Name], cancellationToken).ConfigureAwait(false);
            return OutOfReach(type, command, stream.Kind);
        }

        return command is INamesOthers names
            && await known.MissingAsync(store, scope.District, names, cancellationToken).ConfigureAwait(false)
                is { } missing
                ? missing
                : type.Decide(stream.State, command, time.GetUtcNow());
    }

    /// <summary>Whoever reaches less than the district is not told whether there is what is out of reach.</summary>
    private Refusal OutOfReach<TCommand, TState, TEvent>(
        CommandType<TCommand, TState, TEvent> type, TCommand command, string kind)
        where TState : class
        where TEvent : class => type.Subject(command) is null || scope.Viewer.ReachOf(type.Policy).IsDistrict
            ? Refusal.NotAllowed
            : Refusal.NotFound(kind);

    /// <summary>The first one's answer: the stream as it was then.</summary>
    private static async Task<CommandResult<TState>> AgainAsync<TState>(
        IDocumentSession session, CommandKey once, string? resultJson, CancellationToken cancellationToken)
        where TState : class
    {
        if (!once.IsSameCommand(resultJson, out var id, out var version))
        {
            return Refused<TState>(Refusal.KeyReused);
        }

        var state = version == 0
            ? null
            : await session.Events.AggregateStreamAsync<TState>(id, version, ct: cancellationToken)
                .ConfigureAwait(false);
        return new CommandResult<TState> { Id = id, State = state, Version = version };
    }

    /// <summary>What others did to the stream since the first turn loaded it.</summary>
    private async Task<Refusal> ConflictAsync(Guid id, FirstSeen seen, CancellationToken cancellationToken)
    {
        var session = store.LightweightSession(scope.District);
        await using var disposing = session.ConfigureAwait(false);
        var events = await session.Events.FetchStreamAsync(id, ct: cancellationToken).ConfigureAwait(false);
        return Refusal.Conflict with
        {
            Meanwhile =
            [
                .. events.Where(happened => happened.Version > seen.Version).Select(happened => new MeanwhileChange(
                    happened.Version, happened.Type, happened.Metadata.Actor, happened.RecordedAt)),
            ],
        };
    }

    private static CommandResult<TState> Refused<TState>(Refusal refusal)
        where TState : class => new() { Refusal = refusal };

    /// <summary>The version the first turn decided on; null before it loaded the stream.</summary>
    private sealed class FirstSeen
    {
        public int? Version { get; set; }
    }
}
