namespace K12Hub.Roster;

/// <summary>A student and a grown-up who belong together, by the agents of a roster, by a supplementary file, or by
/// both.</summary>
/// <param name="StudentId">The student.</param>
/// <param name="GuardianId">The grown-up.</param>
/// <param name="Kind">guardian, parent or relative, the grown-up's own role; agent when there is none of these,
/// supplement where only a supplementary file says so.</param>
/// <param name="Pair">What a supplementary file says of both; null when it says nothing.</param>
internal sealed record Tie(Guid StudentId, Guid GuardianId, string Kind, GuardianshipRow? Pair)
{
    /// <summary>Relations of people who answer for many children and make no siblings of them.</summary>
    private static readonly string[] OfOffice = ["caseworker", "courtAppointed", "emergencyContact"];

    private static readonly string[] Raising =
        ["mother", "father", "stepmother", "stepfather", "fosterParent", "legalGuardian"];

    /// <summary>Whether the grown-up may be contacted about the student: unless the district says otherwise.</summary>
    public bool MayContact => Pair?.MayContact is not false;

    /// <summary>Place in the order in which people are asked.</summary>
    public int Order => Pair is { ContactPriority: > 0 and var place } ? place : int.MaxValue;

    /// <summary>Who comes first where nobody was put first.</summary>
    public int Rank => Kind switch { "parent" or "guardian" => 0, "relative" => 1, "agent" => 2, _ => 3 };

    /// <summary>Whether the grown-up brings the student up: a parent or guardian, or whom the student is said to live
    /// with.</summary>
    public bool Raises => Pair?.Relation is { } relation && OfOffice.Contains(relation) ? Pair.LivesWith is true
        : Kind is "parent" or "guardian" || Pair?.LivesWith is true || Raising.Contains(Pair?.Relation);

    /// <summary>The same as a relation of the API.</summary>
    public RelationRow Row => new() { StudentId = StudentId, GuardianId = GuardianId, Kind = Kind };
}
