namespace K12Hub.Hosting;

/// <summary>How far a permission goes. Several together: a principal who is a parent reaches her school and her own
/// children.</summary>
[Flags]
public enum ReachKind
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>Counts and shares of the district that name nobody.</summary>
    Aggregate = 1,

    /// <summary>Oneself and one's own children.</summary>
    Own = 2,

    /// <summary>What belongs to some topics.</summary>
    Topics = 4,

    /// <summary>What belongs to some schools.</summary>
    Schools = 8,

    /// <summary>The whole district.</summary>
    District = 16,
}

/// <summary>How far a permission goes for one viewer: the kinds, and which schools, topics and people.</summary>
public sealed class Reach
{
    private Reach(ReachKind kind, IEnumerable<Guid> schools, IEnumerable<Guid> topics, IEnumerable<Guid> people)
    {
        (Schools, Topics, People) = (Sorted(schools), Sorted(topics), Sorted(people));
        Kind = kind
            | (Schools.Count > 0 ? ReachKind.Schools : 0)
            | (Topics.Count > 0 ? ReachKind.Topics : 0)
            | (People.Count > 0 ? ReachKind.Own : 0);
    }

    /// <summary>Nowhere: the viewer does not have the permission.</summary>
    public static Reach None { get; } = new(ReachKind.None, [], [], []);

    /// <summary>The whole district.</summary>
    public static Reach District { get; } = new(ReachKind.District, [], [], []);

    /// <summary>Counts and shares only.</summary>
    public static Reach Aggregate { get; } = new(ReachKind.Aggregate, [], [], []);

    /// <summary>The kinds.</summary>
    public ReachKind Kind { get; }

    /// <summary>The schools; empty unless some are reached.</summary>
    public IReadOnlyList<Guid> Schools { get; }

    /// <summary>The topics of whose teams the viewer is; empty unless some are reached.</summary>
    public IReadOnlyList<Guid> Topics { get; }

    /// <summary>Oneself and one's own children; empty unless they are reached.</summary>
    public IReadOnlyList<Guid> People { get; }

    /// <summary>Whether the whole district is reached.</summary>
    public bool IsDistrict => (Kind & ReachKind.District) != 0;

    /// <summary>Some schools; nowhere when there are none.</summary>
    public static Reach AtSchools(params IEnumerable<Guid> schools) => new(ReachKind.None, schools, [], []);

    /// <summary>Some topics; nowhere when there are none.</summary>
    public static Reach InTopics(params IEnumerable<Guid> topics) => new(ReachKind.None, [], topics, []);

    /// <summary>Some people; nowhere when there are none.</summary>
    public static Reach Of(params IEnumerable<Guid> people) => new(ReachKind.None, [], [], people);

    /// <summary>What either reaches.</summary>
    public Reach And(Reach other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(
            Kind | other.Kind, Schools.Concat(other.Schools), Topics.Concat(other.Topics), People.Concat(other.People));
    }

    /// <summary>Whether this goes at least as far as another: whoever gives may not give more than that.</summary>
    public bool Covers(Reach other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (IsDistrict) return true;

        return !other.IsDistrict
            && ((other.Kind & ReachKind.Aggregate) == 0 || (Kind & ReachKind.Aggregate) != 0)
            && other.Schools.All(Schools.Contains)
            && other.Topics.All(Topics.Contains)
            && other.People.All(People.Contains);
    }

    private static Guid[] Sorted(IEnumerable<Guid> ids) => [.. ids.Distinct().Order()];
}
