using System.Runtime.CompilerServices;
using K12Hub.Contracts;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>A supplementary file together with what is known: a column that a file does not have, or a cell that
/// cannot be read, says nothing, so what is known stays. One file may bring languages and another one
/// custody.</summary>
/// <param name="inner">The file.</param>
/// <param name="connection">Reads what is known, some hundred rows at a time.</param>
/// <param name="district">Whose roster it is.</param>
/// <param name="source">Key of the source whose people it is about.</param>
internal sealed class MergedSupplement(
    IRosterSource inner, NpgsqlConnection connection, DistrictId district, string source) : IRosterSource
{
    private const int AtOnce = 1_000;

    private readonly RosterIds ids = new(source);

    public string Format => inner.Format;

    public string Origin => inner.Origin;

    public IReadOnlyDictionary<string, CollectionMode> Modes => inner.Modes;

    public (long Read, long? Total) Progress => inner.Progress;

    public RosterFinding? Rejection => inner.Rejection;

    public string NameOf(string collection) => inner.NameOf(collection);

    public (long Read, long Rejected) RowsOf(string collection) => inner.RowsOf(collection);

    public IAsyncEnumerable<OrgRecord> Orgs(CancellationToken ct) => inner.Orgs(ct);

    public IAsyncEnumerable<AcademicSessionRecord> AcademicSessions(CancellationToken ct) =>
        inner.AcademicSessions(ct);

    public IAsyncEnumerable<CourseRecord> Courses(CancellationToken ct) => inner.Courses(ct);

    public IAsyncEnumerable<ClassRecord> Classes(CancellationToken ct) => inner.Classes(ct);

    public IAsyncEnumerable<UserRecord> Users(CancellationToken ct) => inner.Users(ct);

    public IAsyncEnumerable<RoleRecord> Roles(CancellationToken ct) => inner.Roles(ct);

    public IAsyncEnumerable<EnrollmentRecord> Enrollments(CancellationToken ct) => inner.Enrollments(ct);

    public IAsyncEnumerable<DemographicsRecord> Demographics(CancellationToken ct) => inner.Demographics(ct);

    public IAsyncEnumerable<SupplementRecord> Supplements(CancellationToken ct) =>
        MergeAsync(RosterKinds.Supplements, inner.Supplements(ct), SupplementMerge.With, ct);

    public IAsyncEnumerable<GuardianshipRecord> Guardianships(CancellationToken ct) =>
        MergeAsync(RosterKinds.Guardianships, inner.Guardianships(ct), SupplementMerge.With, ct);

    /// <summary>The file belongs to whoever opened it.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async IAsyncEnumerable<TRecord> MergeAsync<TRecord, TFacts>(
        RosterKind<TRecord, TFacts> kind, IAsyncEnumerable<TRecord> records, Func<TRecord, TFacts, TRecord> with,
        [EnumeratorCancellation] CancellationToken ct)
        where TRecord : RosterRecord
        where TFacts : class, IRosterFacts<TRecord, TFacts>
    {
        await foreach (var some in records.Chunk(AtOnce).WithCancellation(ct))
        {
            var known = await KnownAsync(kind, [.. some.Select(IdOf)], ct);
            foreach (var record in some)
            {
                yield return known.TryGetValue(IdOf(record), out var facts) ? with(record, facts) : record;
            }
        }

        Guid IdOf(TRecord record) => ids.Of(kind.Collection, record.SourcedId);
    }

    private async Task<Dictionary<Guid, TFacts>> KnownAsync<TRecord, TFacts>(
        RosterKind<TRecord, TFacts> kind, Guid[] records, CancellationToken ct)
        where TRecord : RosterRecord
        where TFacts : class, IRosterFacts<TRecord, TFacts>
    {
        var known = new Dictionary<Guid, TFacts>();
        await using var find = connection.Statement(
            RosterSql.About(kind, "known_facts"), district.Value, records);
        await using var rows = await find.ExecuteReaderAsync(ct);
        var facts = new StagedReader(rows);
        while (await facts.ReadAsync(ct)) known.Add(facts.Id(), TFacts.Read(facts));
        return known;
    }
}
