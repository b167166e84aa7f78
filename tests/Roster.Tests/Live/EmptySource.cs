using System.Runtime.CompilerServices;
using K12Hub.Contracts;

namespace K12Hub.Roster.Tests;

/// <summary>A source that has nothing to say, and does something when it is asked for people.</summary>
internal sealed class EmptySource(Func<Task> atUsers) : IRosterSource
{
    public string Format => "Test";

    public string Origin => "nowhere";

    public IReadOnlyDictionary<string, CollectionMode> Modes =>
        RosterCollections.All.ToDictionary(name => name, _ => CollectionMode.Bulk);

    public (long Read, long? Total) Progress => (0, null);

    public RosterFinding? Rejection => null;

    public (long Read, long Rejected) RowsOf(string collection) => (0, 0);

    public IAsyncEnumerable<OrgRecord> Orgs(CancellationToken ct) => AsyncEnumerable.Empty<OrgRecord>();

    public IAsyncEnumerable<AcademicSessionRecord> AcademicSessions(CancellationToken ct) =>
        AsyncEnumerable.Empty<AcademicSessionRecord>();

    public IAsyncEnumerable<CourseRecord> Courses(CancellationToken ct) => AsyncEnumerable.Empty<CourseRecord>();

    public IAsyncEnumerable<ClassRecord> Classes(CancellationToken ct) => AsyncEnumerable.Empty<ClassRecord>();

    public async IAsyncEnumerable<UserRecord> Users(
        [EnumeratorCancellation] CancellationToken ct)
    {
        await atUsers();
        ct.ThrowIfCancellationRequested();
        yield break;
    }

    public IAsyncEnumerable<RoleRecord> Roles(CancellationToken ct) => AsyncEnumerable.Empty<RoleRecord>();

    public IAsyncEnumerable<EnrollmentRecord> Enrollments(CancellationToken ct) =>
        AsyncEnumerable.Empty<EnrollmentRecord>();

    public IAsyncEnumerable<DemographicsRecord> Demographics(CancellationToken ct) =>
        AsyncEnumerable.Empty<DemographicsRecord>();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
