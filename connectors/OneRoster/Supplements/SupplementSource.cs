using System.Runtime.CompilerServices;
using CsvHelper;
using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;
using K12Hub.OneRoster.Package;

namespace K12Hub.OneRoster.Supplements;

/// <summary>A supplementary file as a source: rows about people first, then rows about students and guardians, each in
/// a reading of its own.</summary>
internal sealed class SupplementSource(
    PackageFile file, SupplementColumns columns, Header header, SupplementMapping mapping, OneRosterSettings settings,
    IRosterFindings findings) : IRosterSource
{
    private readonly Dictionary<string, (long Read, long Rejected)> rows = [];

    public string Format { get; } = mapping.Version == 0
        ? "Supplementary CSV"
        : FormattableString.Invariant($"Supplementary CSV, mapping {mapping.Version}");

    public string Origin => file.Name;

    public IReadOnlyDictionary<string, CollectionMode> Modes { get; } = new Dictionary<string, CollectionMode>
    {
        [RosterCollections.Supplements] = CollectionMode.Delta,
        [RosterCollections.Guardianships] = CollectionMode.Delta,
    };

    public (long Read, long? Total) Progress => (0, null);

    public RosterFinding? Rejection { get; private set; }

    public string NameOf(string collection) => columns.All.FileName;

    public (long Read, long Rejected) RowsOf(string collection) => rows.GetValueOrDefault(collection);

    public IAsyncEnumerable<SupplementRecord> Supplements(CancellationToken ct) => ReadAsync(
        RosterCollections.Supplements, isOfPairs: false, (reading, row) => reading.Person(row), ct);

    public IAsyncEnumerable<GuardianshipRecord> Guardianships(CancellationToken ct) => ReadAsync(
        RosterCollections.Guardianships, isOfPairs: true, (reading, row) => reading.Pair(row), ct);

    public IAsyncEnumerable<OrgRecord> Orgs(CancellationToken ct) => AsyncEnumerable.Empty<OrgRecord>();

    public IAsyncEnumerable<AcademicSessionRecord> AcademicSessions(CancellationToken ct) =>
        AsyncEnumerable.Empty<AcademicSessionRecord>();

    public IAsyncEnumerable<CourseRecord> Courses(CancellationToken ct) => AsyncEnumerable.Empty<CourseRecord>();

    public IAsyncEnumerable<ClassRecord> Classes(CancellationToken ct) => AsyncEnumerable.Empty<ClassRecord>();

    public IAsyncEnumerable<UserRecord> Users(CancellationToken ct) => AsyncEnumerable.Empty<UserRecord>();

    public IAsyncEnumerable<RoleRecord> Roles(CancellationToken ct) => AsyncEnumerable.Empty<RoleRecord>();

    public IAsyncEnumerable<EnrollmentRecord> Enrollments(CancellationToken ct) =>
        AsyncEnumerable.Empty<EnrollmentRecord>();

    public IAsyncEnumerable<DemographicsRecord> Demographics(CancellationToken ct) =>
        AsyncEnumerable.Empty<DemographicsRecord>();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async IAsyncEnumerable<T> ReadAsync<T>(
        string collection, bool isOfPairs, Func<SupplementRow, Row, T?> toRecord,
        [EnumeratorCancellation] CancellationToken ct)
        where T : RosterRecord
    {
        if (Rejection is not null) yield break;
        var reading = new SupplementRow(columns, mapping);

        // Rows that cannot be taken apart are met in both readings, and told in the first.
        var told = new Switched(findings) { IsOn = !isOfPairs };
        var (read, rejected) = (0L, 0L);
        await using var table = new CsvTable(file, columns.All, header, settings, told, _ => { });
        while (await NextAsync(table, ct))
        {
            var row = table.Row;
            if (reading.IsPair(row) != isOfPairs) continue;

            read++;
            told.IsOn = true;
            var record = toRecord(reading, row);
            told.IsOn = !isOfPairs;
            if (record is not null) yield return record;
            else rejected++;
        }

        var lost = isOfPairs ? 0 : table.Rejected;
        rows[collection] = (read + lost, rejected + lost);
    }

    private async ValueTask<bool> NextAsync(CsvTable table, CancellationToken ct)
    {
        try
        {
            return await table.NextAsync(ct);
        }
        catch (CsvFormatException e)
        {
            Rejection = CsvTable.TooLong(columns.All.FileName, (int)e.LineNumber, settings.MaxRowBytes).Reason;
        }
        catch (Exception e) when (RefusedException.ReasonOf(e, columns.All.FileName) is { } reason)
        {
            Rejection = reason;
        }

        return false;
    }

    /// <summary>Passes findings on while it is on.</summary>
    private sealed class Switched(IRosterFindings to) : IRosterFindings
    {
        public bool IsOn { get; set; }

        public void Add(RosterFinding f)
        {
            if (IsOn) to.Add(f);
        }
    }
}
