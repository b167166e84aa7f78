using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What the district knows of a student and a guardian together, from supplementary files. It goes with the
/// student.</summary>
internal sealed record GuardianshipRow : IRosterRow
{
    /// <inheritdoc/>
    public Guid Id { get; init; }

    /// <inheritdoc/>
    public string Source { get; init; } = "";

    /// <summary>The source's own key of the student.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    public string SourcedId { get; init; } = "";

    /// <summary>The student.</summary>
    public Guid StudentId { get; init; }

    /// <summary>The guardian.</summary>
    public Guid GuardianId { get; init; }

    /// <summary>mother, father, grandparent and so on.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    public string? Relation { get; init; }

    /// <summary>Whether the student lives with the guardian, be it half of the time.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    public bool? LivesWith { get; init; }

    /// <summary>Whether the guardian may be contacted about the student.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    public bool? MayContact { get; init; }

    /// <summary>Whether the guardian may pick the student up.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    public bool? MayPickUp { get; init; }

    /// <summary>Whether the guardian may see the student's records.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    public bool? MayReceiveRecords { get; init; }

    /// <summary>What a court or the family has settled, in the district's own words.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    public string? Custody { get; init; }

    /// <summary>Who is asked first; 0 when nothing is said.</summary>
    public int ContactPriority { get; init; }

    /// <summary>When the source last changed it, if it says so.</summary>
    [PersonalData(Subject = nameof(StudentId))]
    public DateTimeOffset? DateLastModified { get; init; }

    /// <inheritdoc/>
    [PersonalData(Subject = nameof(StudentId))]
    public Guid RowHash { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? EndedAt { get; init; }
}
