using System.Runtime.CompilerServices;
using CsvHelper;
using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;
using K12Hub.OneRoster.Package;
using K12Hub.OneRoster.Records;

namespace K12Hub.OneRoster;

/// <summary>A file that will be read: where it is and where its columns stand.</summary>
internal sealed record CsvPart(PackageFile File, FileColumns Columns, Header Header);

/// <summary>An opened package: hands out its files as records, one after the other, holding one row at a time.
/// </summary>
internal sealed class CsvSource(RosterPackage package, OneRosterVersion version,
    IReadOnlyDictionary<string, CollectionMode> modes, IReadOnlyList<CsvPart> parts,
    OneRosterSettings settings, IRosterFindings findings) : IRosterSource
{
    private readonly Dictionary<string, CsvTable?> tables = [];
    private readonly long total = parts.Sum(p => p.File.Length);
    private long read;

    public string Format { get; } = version == OneRosterVersion.V11 ? "OneRoster CSV 1.1" : "OneRoster CSV 1.2";

    public string Origin => package.Origin;

    public IReadOnlyDictionary<string, CollectionMode> Modes => modes;

    public (long Read, long? Total) Progress => (Interlocked.Read(ref read), total);

    public RosterFinding? Rejection { get; private set; }

    public (long Read, long Rejected) RowsOf(string collection) =>
        tables.GetValueOrDefault(collection) is { } table ? (table.Read, table.Rejected) : default;

    public IAsyncEnumerable<OrgRecord> Orgs(CancellationToken ct) =>
        Rows(RosterCollections.Orgs, OrgFile.Read, ct);

    public IAsyncEnumerable<AcademicSessionRecord> AcademicSessions(CancellationToken ct) =>
        Rows(RosterCollections.AcademicSessions, AcademicSessionFile.Read, ct);

    public IAsyncEnumerable<CourseRecord> Courses(CancellationToken ct) =>
        Rows(RosterCollections.Courses, CourseFile.Read, ct);

    public IAsyncEnumerable<ClassRecord> Classes(CancellationToken ct) =>
        Rows(RosterCollections.Classes, ClassFile.Read, ct);

    public IAsyncEnumerable<UserRecord> Users(CancellationToken ct) =>
        Rows(RosterCollections.Users, UserFile.Read, ct);

    public IAsyncEnumerable<RoleRecord> Roles(CancellationToken ct) =>
        Rows(RosterCollections.Roles, RoleFile.Read, ct);

    public IAsyncEnumerable<EnrollmentRecord> Enrollments(CancellationToken ct) =>
        Rows(RosterCollections.Enrollments, EnrollmentFile.Read, ct);

    public IAsyncEnumerable<DemographicsRecord> Demographics(CancellationToken ct) =>
        Rows(RosterCollections.Demographics, DemographicsFile.Read, ct);

    public ValueTask DisposeAsync()
    {
        package.Dispose();

        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<T> Rows<T>(
        string collection, Func<Row, T?> toRecord, [EnumeratorCancellation] CancellationToken ct) where T : RosterRecord
    {
        ct.ThrowIfCancellationRequested();
        var part = parts.FirstOrDefault(p => p.Columns.Collection == collection);
        if (part is null || Rejection is not null) yield break;
        if (tables.ContainsKey(collection))
            throw new InvalidOperationException($"{collection} was read already; a source is read once.");

        await using var table = tables[collection] = Open(part);
        while (table is not null && await NextAsync(table, part, ct))
        {
            var record = toRecord(table.Row);
            if (record is not null) yield return record;
            else table.Reject();
        }
    }

    private CsvTable? Open(CsvPart part)
    {
        try
        {
            return new CsvTable(part.File, part.Columns, part.Header, settings, findings, Count);
        }
        catch (Exception e) when (RefusedException.ReasonOf(e, part.Columns.FileName) is { } reason)
        {
            Rejection = reason;
            return null;
        }
    }

    private async ValueTask<bool> NextAsync(CsvTable table, CsvPart part, CancellationToken ct)
    {
        try
        {
            return await table.NextAsync(ct);
        }
        catch (CsvFormatException e)
        {
            Rejection = CsvTable.TooLong(part.Columns.FileName, (int)e.LineNumber, settings.MaxRowBytes).Reason;
        }
        catch (Exception e) when (RefusedException.ReasonOf(e, part.Columns.FileName) is { } reason)
        {
            Rejection = reason;
        }

        return false;
    }

    private void Count(int bytes) => Interlocked.Add(ref read, bytes);
}
