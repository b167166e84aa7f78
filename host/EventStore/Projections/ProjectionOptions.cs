using System.Reflection;
using System.Runtime.ExceptionServices;

namespace K12Hub.EventStore;

/// <summary>When a projection writes its rows.</summary>
public enum ProjectionLifecycle
{
    /// <summary>In the transaction of the events: a reader never sees one without the other.</summary>
    Inline,

    /// <summary>Soon after, by the daemon of any node: the rows lag behind by some milliseconds, and appending does not
    /// wait for them.</summary>
    Async,
}

/// <summary>The projections of a store.</summary>
public sealed class ProjectionOptions
{
    private readonly List<AddedProjection> _all = [];

    /// <summary>Whether this node projects in the background.</summary>
    public DaemonMode DaemonMode { get; set; } = DaemonMode.HotCold;

    /// <summary>How many pages of events a node projects at the same time; each takes a connection. 1 to 64.</summary>
    public int MaxConcurrency { get; set; } = 2;

    /// <summary>Events of a page at most; 1 to 10,000.</summary>
    public int PageSize { get; set; } = 1_000;

    /// <summary>How often a node looks for events without having been told that there are some.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    internal IReadOnlyList<AddedProjection> All => _all;

    /// <summary>Adds a projection.</summary>
    /// <typeparam name="TProjection">The projection; it has no state, one instance serves all.</typeparam>
    /// <param name="lifecycle">When it writes.</param>
    /// <param name="onPoison">What happens to an event that cannot be projected; of no meaning inline, where the unit
    /// of work fails.</param>
    public void Add<TProjection>(ProjectionLifecycle lifecycle, PoisonPolicy onPoison = PoisonPolicy.Pause)
        where TProjection : IProjection, new()
    {
        if (_all.Any(p => p.Projection is TProjection))
        {
            throw new ArgumentException($"{typeof(TProjection).Name} was added twice.");
        }

        var projection = Made<TProjection>();
        if (lifecycle is ProjectionLifecycle.Inline && projection is not ISingleStreamProjection)
        {
            throw new ArgumentException(
                $"{typeof(TProjection).Name} looks at more than one stream: it can only be Async.");
        }

        _all.Add(new(projection, lifecycle, onPoison));
    }

    /// <summary>What a constructor complains of is said as it said it.</summary>
    private static TProjection Made<TProjection>()
        where TProjection : new()
    {
        try
        {
            return new();
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } complaint)
        {
            ExceptionDispatchInfo.Throw(complaint);
            throw;
        }
    }
}

/// <summary>A projection as it was added.</summary>
internal sealed record AddedProjection(IProjection Projection, ProjectionLifecycle Lifecycle, PoisonPolicy OnPoison);
