using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>How good the data of a school or of the district is.</summary>
/// <param name="School">The school; null for the district as a whole, and for what belongs to no school.</param>
/// <param name="SchoolName">Its name.</param>
/// <param name="DataAsOf">As of when the data is: when the last good run of the oldest source began; null when there
/// was none.</param>
/// <param name="Findings">What each rule found, also where it found nothing.</param>
public sealed record QualityReport(
    [property: GraphQLIgnore] Guid? School,
    string? SchoolName,
    DateTimeOffset? DataAsOf,
    [property: GraphQLIgnore] IReadOnlyList<QualityFinding> Findings)
{
    /// <summary>0 to 100: 100 less the mean share of records that a rule finds something wrong with, in per cent, each
    /// rule counted by its weight. Rules with no records to look at do not count; null when none has any.</summary>
    public double? Score
    {
        get
        {
            var looked = Findings.Where(finding => finding.LookedAt > 0).ToList();
            return looked.Count == 0
                ? null
                : Math.Round(
                    100 - (100 * looked.Sum(finding => finding.Rule.Weight * finding.Share)
                        / looked.Sum(finding => finding.Rule.Weight)),
                    1);
        }
    }
}

/// <summary>What a rule found.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Count">Records with something wrong.</param>
/// <param name="LookedAt">Records that were looked at.</param>
public sealed record QualityFinding([property: GraphQLIgnore] QualityRule Rule, int Count, int LookedAt)
{
    /// <summary>Share of the records with something wrong; 0 to 1, and 0 when there are none.</summary>
    public double Share => LookedAt == 0 ? 0 : (double)Count / LookedAt;
}

/// <summary>A record that a rule found.</summary>
internal sealed record QualityRecord
{
    /// <summary>The rule's name.</summary>
    public string Rule { get; init; } = "";

    /// <summary>student, guardian, staff, person, class or enrollment.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The school.</summary>
    [GraphQLIgnore]
    public Guid? SchoolId { get; init; }

    /// <summary>The record.</summary>
    [GraphQLIgnore]
    public Guid RecordId { get; init; }

    /// <summary>Whose it is; null for a class.</summary>
    [GraphQLIgnore]
    public Guid? PersonId { get; init; }

    /// <summary>Whether that is a student.</summary>
    [GraphQLIgnore]
    public bool IsStudent { get; init; }
}
