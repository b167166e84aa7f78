using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Subscriptions;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class AlertQueries
{
    /// <summary>What somebody should look after, the latest first.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.ReadRuns)]
    public static Task<Page<AlertRow>> GetAlertsAsync(
        [GraphQLDescription("True for what is over, too.")] bool? includeEnded,
        PagingArguments paging, QueryContext<AlertRow> query, Rows db, CancellationToken ct) =>
        db.Of<AlertRow>().InForce(includeEnded)
            .With(query, sort => sort.IfEmpty(o => o.AddDescending(x => x.RaisedAt)))
            .ToPageAsync(paging, ct);
}

[ObjectType<AlertRow>, Authorize(Policy = RosterPermissions.ReadRuns)]
internal static partial class AlertNode
{
    [NodeResolver]
    public static Task<AlertRow?> GetAlertAsync(Guid id, IAlertByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>The run it is about; null for none.</summary>
    [BindMember(nameof(AlertRow.RunId))]
    public static async Task<SyncRunRow?> GetRunAsync(
        [Parent(nameof(AlertRow.RunId))] AlertRow alert,
        QueryContext<SyncRunRow> query, ISyncRunByIdDataLoader runs, CancellationToken ct) =>
        alert.RunId is { } id ? await runs.With(query).LoadAsync(id, ct) : null;
}

internal static class AlertLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, AlertRow>> GetAlertByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<AlertRow> query, Rows db, CancellationToken ct) =>
        db.Of<AlertRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);
}

/// <summary>Something that should be looked after was found.</summary>
internal sealed record AlertRaisedEvent
{
    /// <summary>Where it stands in the log: the argument <c>after</c> of who subscribes again.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>The alert.</summary>
    public Guid AlertId { get; init; }
}

[ObjectType<AlertRaisedEvent>, Authorize(Policy = RosterPermissions.ReadRuns)]
internal static partial class AlertRaisedEventNode
{
    /// <summary>The alert.</summary>
    [BindMember(nameof(AlertRaisedEvent.AlertId))]
    public static Task<AlertRow?> GetAlertAsync(
        [Parent(nameof(AlertRaisedEvent.AlertId))] AlertRaisedEvent raised, QueryContext<AlertRow> query,
        IAlertByIdDataLoader alerts, CancellationToken ct) => alerts.With(query).LoadAsync(raised.AlertId, ct);
}

[SubscriptionType]
internal static partial class AlertSubscriptions
{
    /// <summary>Something that should be looked after was found, on whatever node.</summary>
    [Subscribe(With = nameof(OpenAsync)), Authorize(Policy = RosterPermissions.ReadRuns)]
    public static AlertRaisedEvent AlertRaised([EventMessage] LiveEvent<AlertEvent.Raised> raised) =>
        new() { Cursor = raised.Cursor, AlertId = raised.StreamId };

    private static ValueTask<ISourceStream<LiveEvent<AlertEvent.Raised>>> OpenAsync(
        [GraphQLDescription("Go on after this cursor; without it, alerts from now on.")] string? after,
        LiveEvents live, ViewerScope viewer, CancellationToken ct) =>
        live.SubscribeAsync<AlertEvent.Raised>(viewer.District, after, ct);
}
