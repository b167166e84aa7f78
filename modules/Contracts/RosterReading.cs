namespace K12Hub.Contracts;

/// <summary>The lists in which a roster is handed on: OneRoster's collections, and the parts of them it has names
/// for.</summary>
public enum RosterList
{
    /// <summary>Organizations.</summary>
    Orgs,

    /// <summary>Organizations of the type school.</summary>
    Schools,

    /// <summary>Academic sessions.</summary>
    AcademicSessions,

    /// <summary>Academic sessions of the type term.</summary>
    Terms,

    /// <summary>Academic sessions of the type gradingPeriod.</summary>
    GradingPeriods,

    /// <summary>Courses.</summary>
    Courses,

    /// <summary>Classes.</summary>
    Classes,

    /// <summary>People.</summary>
    Users,

    /// <summary>People with the role of a student.</summary>
    Students,

    /// <summary>People with the role of a teacher.</summary>
    Teachers,

    /// <summary>People's parts in classes.</summary>
    Enrollments,

    /// <summary>Demographics of students.</summary>
    Demographics,
}

/// <summary>The record a list belongs to: the school of <c>/schools/{id}/classes</c>.</summary>
/// <param name="List">The list the record is in.</param>
/// <param name="SourcedId">Its key.</param>
public sealed record RosterOwner(RosterList List, string SourcedId);

/// <summary>How far somebody has read.</summary>
/// <param name="Last">The last record read.</param>
/// <param name="Total">How many there were when the reading began.</param>
public sealed record RosterMark(Guid Last, int Total);

/// <summary>What somebody wants to read of one source's records, in OneRoster's words.</summary>
/// <param name="Source">Key of the source within the district.</param>
/// <param name="List">The list.</param>
public sealed record RosterQuestion(string Source, RosterList List)
{
    /// <summary>The records the list belongs to, the outermost first; none for all there is.</summary>
    public IReadOnlyList<RosterOwner> Of { get; init; } = [];

    /// <summary>Which records; none for all.</summary>
    public IReadOnlyList<RosterCondition> Conditions { get; init; } = [];

    /// <summary>Whether one of the conditions is enough.</summary>
    public bool IsAnyEnough { get; init; }

    /// <summary>The field to sort by, one that can be sorted.</summary>
    public string Sort { get; init; } = RosterField.SourcedId;

    /// <summary>Whether the largest comes first.</summary>
    public bool IsDescending { get; init; }

    /// <summary>Most records to read.</summary>
    public required int Limit { get; init; }

    /// <summary>Records to pass over first.</summary>
    public int Offset { get; init; }

    /// <summary>Where the reading of the page before ended, if that is known: it says the same as
    /// <see cref="Offset"/> and costs nothing.</summary>
    public RosterMark? After { get; init; }
}

/// <summary>Records that are being read.</summary>
public interface IRosterPage : IAsyncDisposable
{
    /// <summary>Records that satisfy the question over all pages.</summary>
    int Total { get; }

    /// <summary>The records, one at a time as they arrive. References to records that are not known are left
    /// out.</summary>
    IAsyncEnumerable<RosterRecord> Records(CancellationToken ct);

    /// <summary>Where it ends: known from the beginning where a whole list is read in the order of its keys, else
    /// after the last record; null when there is nothing.</summary>
    RosterMark? Mark { get; }
}

/// <summary>Whose a record is.</summary>
/// <param name="Id">The person's id in K12Hub.</param>
/// <param name="IsStudent">Whether the person is a student there.</param>
public readonly record struct RosterPerson(Guid Id, bool IsStudent);

/// <summary>Reads what is known of the viewer's district as it came: records with the keys of their source.</summary>
/// <remarks>What has ended is there, too, as <see cref="RecordStatus.ToBeDeleted"/>. When a record was last modified is
/// when it last changed here, since sources often do not say.</remarks>
public interface IRosterReader
{
    /// <summary>The fields of a list that can be asked about.</summary>
    IReadOnlyList<RosterField> FieldsOf(RosterList list);

    /// <summary>Reads for somebody who may have directory information of students and nothing else: what the district
    /// named, less what families opted out of. Such a student is not there, nor counted.</summary>
    /// <param name="client">Who asks; other keys stand for the students before another one.</param>
    /// <param name="party">To whom it goes.</param>
    /// <param name="ct">Cancels.</param>
    Task<IRosterReader> OfDirectoryAsync(string client, string party, CancellationToken ct);

    /// <summary>Reads for somebody who may not have e-mail addresses and telephone numbers: they are not read, and
    /// cannot be asked about.</summary>
    IRosterReader WithoutContact();

    /// <summary>Begins to read.</summary>
    /// <returns>The page; null when a record that the list belongs to is not there.</returns>
    Task<IRosterPage?> OpenAsync(RosterQuestion question, CancellationToken ct);

    /// <summary>Whose a record is; null for one that is nobody's.</summary>
    /// <param name="source">Key of the source within the district.</param>
    /// <param name="record">The record.</param>
    RosterPerson? PersonOf(string source, RosterRecord record);

    /// <summary>One record of a list; null when it is not there.</summary>
    /// <param name="source">Key of the source within the district.</param>
    /// <param name="list">The list it is in.</param>
    /// <param name="sourcedId">Its key.</param>
    /// <param name="ct">Cancels.</param>
    Task<RosterRecord?> FindAsync(string source, RosterList list, string sourcedId, CancellationToken ct);
}
