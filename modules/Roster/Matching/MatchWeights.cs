using System.Globalization;

namespace K12Hub.Roster;

/// <summary>How much each agreement says, in bits: the logarithm of how much likelier it is among records of one person
/// than among those of two, as Fellegi and Sunter have it. Names weigh by how rare they are in the district, up to a
/// limit.</summary>
internal static class MatchWeights
{
    /// <summary>From here on somebody is asked. A rare full name alone reaches it; a common one needs more.</summary>
    public const double Least = 12;

    /// <summary>Records that share a key, such as a name, are compared up to so many: a key of more says
    /// little.</summary>
    public const int LargestBlock = 50;

    private static readonly (string Name, double Weight)[] Weights =
    [
        ("family", 8), ("other_family", -4), ("given", 6), ("initial", -2), ("other_given", -12), ("birth", 10),
        ("other_birth", -10), ("phone", 4), ("email", 9), ("identifier", 9), ("school", 1.5),
    ];

    /// <summary>The weights as they stand in statements.</summary>
    public static IEnumerable<(string Name, string Value)> Names => Weights.Select(one =>
        ($"w_{one.Name}", one.Weight < 0
            ? string.Create(CultureInfo.InvariantCulture, $"({one.Weight})")
            : one.Weight.ToString(CultureInfo.InvariantCulture)));
}
