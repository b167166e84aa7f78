using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Subscriptions;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>The end of a reading of a roster source.</summary>
internal sealed record SyncRunEvent
{
    /// <summary>Where it stands in the log: the argument <c>after</c> of who subscribes again.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>The run.</summary>
    public Guid RunId { get; init; }
}

[ObjectType<SyncRunEvent>, Authorize(Policy = RosterPermissions.ReadRuns)]
internal static partial class SyncRunEventNode
{
    /// <summary>The run, with what it did and what it found wrong.</summary>
    [BindMember(nameof(SyncRunEvent.RunId))]
    public static Task<SyncRunRow?> GetRunAsync(
        [Parent(nameof(SyncRunEvent.RunId))] SyncRunEvent ended, QueryContext<SyncRunRow> query,
        ISyncRunByIdDataLoader runs, CancellationToken ct) => runs.With(query).LoadAsync(ended.RunId, ct);
}

[SubscriptionType]
internal static partial class SyncRunSubscriptions
{
    /// <summary>A reading of a roster source has ended, whatever came of it.</summary>
    [Subscribe(With = nameof(OpenAsync)), Authorize(Policy = RosterPermissions.ReadRuns)]
    public static SyncRunEvent SyncRunFinished([EventMessage] LiveEvent<SyncRunFinished> ended) =>
        new() { Cursor = ended.Cursor, RunId = ended.StreamId };

    private static ValueTask<ISourceStream<LiveEvent<SyncRunFinished>>> OpenAsync(
        [GraphQLDescription("Go on after this cursor; without it, runs that end from now on.")] string? after,
        LiveEvents live, ViewerScope viewer, CancellationToken ct) =>
        live.SubscribeAsync<SyncRunFinished>(viewer.District, after, ct);
}
