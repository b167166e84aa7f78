using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Hosting;

[QueryType]
internal static partial class OutboxQueries
{
    /// <summary>Messages to the outside world, the latest first: what is owed, what failed, and what was sent
    /// lately.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = OperationsPermissions.ReadOutbox)]
    public static Task<Page<OutboxMessageRow>> GetOutboxMessagesAsync(
        [GraphQLDescription("Only messages in this state.")] OutboxState? state, PagingArguments paging,
        QueryContext<OutboxMessageRow> query, Rows db, TimeProvider time, CancellationToken ct) =>
        db.Of<OutboxMessageRow>().In(state, time.GetUtcNow())
            .With(query, sort => sort.IfEmpty(order => order.AddDescending(message => message.Id)))
            .ToPageAsync(paging, ct);

    private static IQueryable<OutboxMessageRow> In(
        this IQueryable<OutboxMessageRow> messages, OutboxState? state, DateTimeOffset now) => state switch
    {
        OutboxState.Due => messages.Where(m => m.DoneAt == null && m.DeadAt == null && m.DueAt <= now
            && (m.LeasedUntil == null || m.LeasedUntil < now)),
        OutboxState.Leased => messages.Where(m => m.DoneAt == null && m.DeadAt == null && m.LeasedUntil >= now),
        OutboxState.Waiting => messages.Where(m => m.DoneAt == null && m.DeadAt == null && m.DueAt > now
            && (m.LeasedUntil == null || m.LeasedUntil < now)),
        OutboxState.Dead => messages.Where(m => m.DoneAt == null && m.DeadAt != null),
        OutboxState.Done => messages.Where(m => m.DoneAt != null && m.DiscardedAt == null),
        OutboxState.Discarded => messages.Where(m => m.DiscardedAt != null),
        _ => messages,
    };
}

[ObjectType<OutboxMessageRow>, Authorize(Policy = OperationsPermissions.ReadOutbox)]
internal static partial class OutboxMessageNode
{
    [NodeResolver]
    public static Task<OutboxMessageRow?> GetOutboxMessageAsync(
        long id, IOutboxMessageByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

    /// <summary>What becomes of it.</summary>
    public static OutboxState State(
        [Parent(
            nameof(OutboxMessageRow.DoneAt), nameof(OutboxMessageRow.DeadAt), nameof(OutboxMessageRow.DiscardedAt),
            nameof(OutboxMessageRow.LeasedUntil), nameof(OutboxMessageRow.DueAt))]
        OutboxMessageRow message, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return message switch
        {
            { DiscardedAt: not null } => OutboxState.Discarded,
            { DoneAt: not null } => OutboxState.Done,
            { DeadAt: not null } => OutboxState.Dead,
            _ when message.LeasedUntil >= now => OutboxState.Leased,
            _ => message.DueAt <= now ? OutboxState.Due : OutboxState.Waiting,
        };
    }
}

internal static class OutboxLoaders
{
    [DataLoader]
    public static Task<Dictionary<long, OutboxMessageRow>> GetOutboxMessageByIdAsync(
        IReadOnlyList<long> ids, QueryContext<OutboxMessageRow> query, Rows db, CancellationToken ct) =>
        db.Of<OutboxMessageRow>().Where(m => ids.Contains(m.Id)).With(query.Include(m => m.Id))
            .ToDictionaryAsync(m => m.Id, ct);
}

[MutationType]
internal static partial class OutboxMutations
{
    private static readonly MutationError NotDead = new(
        "outbox.not_dead", "This message is not given up: it is sent, being sent, or not there. Look at it again.");

    /// <summary>Lets a dead letter be sent again now, as often as a new message.</summary>
    [Authorize(Policy = OperationsPermissions.HandleOutbox)]
    public static async Task<MutationResult<OutboxMessageRow>> RetryOutboxMessageAsync(
        [ID<OutboxMessageRow>, GraphQLDescription("The message.")] long id, DocumentStore store, ViewerScope viewer,
        IOutboxMessageByIdDataLoader byId, CancellationToken ct) =>
        await store.OutboxMessages.RetryAsync(viewer.District, id, viewer.Viewer.Id, ct).ConfigureAwait(false)
            ? await byId.LoadAsync(id, ct).ConfigureAwait(false)
            : NotDead;

    /// <summary>Says that a dead letter need not be sent any more.</summary>
    [Authorize(Policy = OperationsPermissions.HandleOutbox)]
    public static async Task<MutationResult<OutboxMessageRow>> DiscardOutboxMessageAsync(
        [ID<OutboxMessageRow>, GraphQLDescription("The message.")] long id, DocumentStore store, ViewerScope viewer,
        IOutboxMessageByIdDataLoader byId, CancellationToken ct) =>
        await store.OutboxMessages.DiscardAsync(viewer.District, id, viewer.Viewer.Id, ct).ConfigureAwait(false)
            ? await byId.LoadAsync(id, ct).ConfigureAwait(false)
            : NotDead;
}
