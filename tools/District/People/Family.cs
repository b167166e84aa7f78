namespace K12Hub.District.People;

/// <summary>A grown-up who answers for children.</summary>
/// <param name="Letter">Tells the adults of a household apart.</param>
/// <param name="Role">parent, guardian or relative.</param>
/// <param name="Home">0, or 1 for the second home.</param>
/// <param name="Seed">The adult's own randomness.</param>
internal sealed record Adult(char Letter, string Role, int Home, Seed Seed);

/// <summary>Who lives where: one home or two, with whom.</summary>
internal sealed class Family
{
    // One household in this many takes in a relative on any day.
    private const int DaysBetweenRelatives = 2000;

    private readonly Seed seed;
    private readonly bool twoHomes;
    private readonly int? childOfSecondHome;
    private readonly List<Adult> adults = [];

    public Family(Seed seed, int children)
    {
        this.seed = seed;
        var kind = seed.For("family").Weighted([60, 16, 16, 5, 3]);
        twoHomes = kind is 2;
        // A parent who lives apart may have a child with the new partner.
        childOfSecondHome = twoHomes && children > 1 && seed.For("half sibling").Percent(25) ? children - 1 : null;

        Add('A', kind switch { 3 => "relative", 4 => "guardian", _ => "parent" }, 0);
        if (kind is 0 or 2 or 3) Add('B', kind is 3 ? "relative" : "parent", twoHomes ? 1 : 0);
        if (childOfSecondHome is not null) Add('C', "parent", 1);
        else if (twoHomes && seed.For("partner").Percent(40)) Add('C', "relative", 1);
    }

    /// <summary>The adults of both homes.</summary>
    public IEnumerable<Adult> AdultsOn(int day, int arrived)
    {
        var relatives = Timeline.Days(seed.For("relatives"), DaysBetweenRelatives, arrived, day);
        return relatives.Count == 0 ? adults : [.. adults, new('R', "relative", 0, seed.For("adult").For('R'))];
    }

    /// <summary>Whether an adult and a child share a home, which makes the one the other's agent.</summary>
    public bool LiveTogether(Adult adult, Child child) => HomesOf(child).Contains(adult.Home);

    public IReadOnlyList<int> HomesOf(Child child) =>
        child.Index == childOfSecondHome ? Second : twoHomes ? Both : First;

    private void Add(char letter, string role, int home) =>
        adults.Add(new(letter, role, home, seed.For("adult").For(letter)));

    private static readonly int[] First = [0];
    private static readonly int[] Second = [1];
    private static readonly int[] Both = [0, 1];
}
