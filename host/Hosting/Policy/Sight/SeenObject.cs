namespace K12Hub.Hosting;

/// <summary>An object with all that says who sees it: <see cref="RowConditions"/> for one row, in memory, and for any
/// viewer.</summary>
internal sealed class SeenObject(IRowAccess said, object row)
{
    private readonly List<SeenWay> ways = [];

    /// <summary>The permission it is read by.</summary>
    public string Permission => said.Permission;

    /// <summary>Whether it is not said whose it is: everybody with the permission sees it.</summary>
    public bool IsOpen => said.Whole(ReachKind.Own | ReachKind.Schools | ReachKind.Topics) is true;

    /// <summary>Its id if it is private; else null.</summary>
    public Guid? PrivateId => said.Privacy is { } privacy && privacy.IsPrivate.Of(row) is true
        ? (Guid?)privacy.Id.Of(row)
        : null;

    /// <summary>The schools it, or what it belongs to, is reached at.</summary>
    public Guid[] Schools => Ids(ReachKind.Schools);

    /// <summary>The topics it is reached in.</summary>
    public Guid[] Topics => PrivateTopic is { } topic
        ? [.. Ids(ReachKind.Topics), topic]
        : Ids(ReachKind.Topics);

    /// <summary>The people it is about.</summary>
    public Guid[] People => Ids(ReachKind.Own);

    /// <summary>The topic whose team it is for if it is private.</summary>
    public Guid? PrivateTopic => said.Privacy is { } privacy ? (Guid?)privacy.Topic.Of(row) : null;

    /// <summary>Adds a way to it, with the rows that the way leads over.</summary>
    public void Add(RowWay way, IReadOnlyList<SeenObject> others) =>
        ways.Add(new(way, [.. way.Keys.Select(key => (Guid?)key.Of(row))], others));

    /// <summary>Whether a viewer sees it.</summary>
    public bool IsSeenBy(Viewer viewer)
    {
        var reach = viewer.ReachOf(Permission);
        return (said.Whole(reach.Kind) ?? IsReached(viewer, Permission, reach.Kind)) && IsInside(viewer, reach);
    }

    private bool IsReached(Viewer viewer, string permission, ReachKind kinds) =>
        ways.Exists(way => (way.Way.Kind & kinds) != 0 && IsReached(viewer, permission, way));

    private static bool IsReached(Viewer viewer, string permission, SeenWay way) => way.Way.Other is null
        ? way.Keys.All(key => key is { } id && Reached(viewer.ReachOf(permission), way.Way.Kind).Contains(id))
        : way.Others.Any(other => other.IsSeenBy(viewer) && other.IsReached(viewer, permission, way.Way.Kind));

    private bool IsInside(Viewer viewer, Reach reach) => PrivateId is not { } id
        || (PrivateTopic is { } topic && reach.Topics.Contains(topic)) || viewer.Opened.Contains(id);

    private static IReadOnlyList<Guid> Reached(Reach reach, ReachKind kind) => kind switch
    {
        ReachKind.Schools => reach.Schools,
        ReachKind.Topics => reach.Topics,
        _ => reach.People,
    };

    private Guid[] Ids(ReachKind kind) =>
    [
        .. ways.Where(way => way.Way.Kind == kind).SelectMany(way => way.Way.Other is null
            ? way.Keys.OfType<Guid>()
            : way.Others.SelectMany(other => other.Ids(kind))).Distinct(),
    ];

    private sealed record SeenWay(RowWay Way, Guid?[] Keys, IReadOnlyList<SeenObject> Others);
}
