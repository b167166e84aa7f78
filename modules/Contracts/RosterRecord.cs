namespace K12Hub.Contracts;

/// <summary>Whether a source still holds a record. OneRoster's <c>inactive</c> (1.0) is read as
/// <see cref="ToBeDeleted"/>.</summary>
public enum RecordStatus
{
    /// <summary>The record is in force; also when the source says nothing, as bulk files do.</summary>
    Active,

    /// <summary>OneRoster's <c>tobedeleted</c>: the source has ended the record.</summary>
    ToBeDeleted,
}

/// <summary>What every record of a roster source carries. Names follow OneRoster's field names.</summary>
public abstract record RosterRecord
{
    /// <summary>The source's own key, unique per kind, opaque, compared exactly.</summary>
    public required string SourcedId { get; init; }

    /// <summary>Where the record stood: one-based line of its file, or its place in a REST walk.</summary>
    public required int Line { get; init; }

    /// <summary>Whether the source still holds the record.</summary>
    public RecordStatus Status { get; init; }

    /// <summary>When the source last changed the record; null when it does not say.</summary>
    public DateTimeOffset? DateLastModified { get; init; }
}

/// <summary>A district, school or department (OneRoster <c>org</c>).</summary>
public sealed record OrgRecord : RosterRecord
{
    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>department, district, local, national, school, state or an <c>ext:</c> value, in lower case
    /// as sent.</summary>
    public required string Type { get; init; }

    /// <summary>Outside number, in the United States mostly the NCES id; null when not sent.</summary>
    public string? Identifier { get; init; }

    /// <summary>The organization above; null at the top.</summary>
    public string? ParentSourcedId { get; init; }
}

/// <summary>A school year, semester, term or grading period.</summary>
public sealed record AcademicSessionRecord : RosterRecord
{
    /// <summary>Display name.</summary>
    public required string Title { get; init; }

    /// <summary>gradingPeriod, semester, schoolYear, term or an <c>ext:</c> value.</summary>
    public required string Type { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly StartDate { get; init; }

    /// <summary>The day after the last day.</summary>
    public required DateOnly EndDate { get; init; }

    /// <summary>The session this one is a part of; null at the top.</summary>
    public string? ParentSourcedId { get; init; }

    /// <summary>The year in which the school year ends, 2026 for 2025-26.</summary>
    public required int SchoolYear { get; init; }
}
