using K12Hub.GraphQL;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

internal static class DataAgeLoaders
{
    private static readonly string[] Good =
        [RunRecord.Word(ImportStatus.Applied), RunRecord.Word(ImportStatus.Unchanged)];

    /// <summary>A district has few sources, and a request asks for each once.</summary>
    [DataLoader]
    public static async Task<Dictionary<string, DateTimeOffset?>> GetDataAsOfBySourceAsync(
        IReadOnlyList<string> sources, Rows db, CancellationToken ct)
    {
        var asOf = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            asOf[source] = await db.Of<SyncRunRow>().Where(x => x.Source == source && Good.Contains(x.Status))
                .OrderByDescending(x => x.StartedAt).Select(x => (DateTimeOffset?)x.StartedAt).FirstOrDefaultAsync(ct);
        }

        return asOf;
    }
}

internal static partial class SchoolNode
{
    /// <summary>As of when what is known of the school is known: when the last good run of its source began.</summary>
    public static Task<DateTimeOffset?> GetDataAsOfAsync(
        [Parent(nameof(SchoolRow.Source))] SchoolRow school, IDataAsOfBySourceDataLoader asOf, CancellationToken ct) =>
        asOf.LoadAsync(school.Source, ct);
}

internal static partial class ClassNode
{
    /// <summary>As of when what is known of the class is known: when the last good run of its source began.</summary>
    public static Task<DateTimeOffset?> GetDataAsOfAsync(
        [Parent(nameof(ClassRow.Source))] ClassRow group, IDataAsOfBySourceDataLoader asOf, CancellationToken ct) =>
        asOf.LoadAsync(group.Source, ct);
}

internal static partial class StudentNode
{
    /// <summary>As of when what is known of the student is known: when the last good run of the source began.</summary>
    public static Task<DateTimeOffset?> GetDataAsOfAsync(
        [Parent(nameof(StudentRow.Source))] StudentRow student, IDataAsOfBySourceDataLoader asOf,
        CancellationToken ct) => asOf.LoadAsync(student.Source, ct);
}

internal static partial class StaffMemberNode
{
    /// <summary>As of when what is known of the person is known: when the last good run of the source began.</summary>
    public static Task<DateTimeOffset?> GetDataAsOfAsync(
        [Parent(nameof(StaffMemberRow.Source))] StaffMemberRow person, IDataAsOfBySourceDataLoader asOf,
        CancellationToken ct) => asOf.LoadAsync(person.Source, ct);
}

internal static partial class GuardianNode
{
    /// <summary>As of when what is known of the person is known: when the last good run of the source began.</summary>
    public static Task<DateTimeOffset?> GetDataAsOfAsync(
        [Parent(nameof(GuardianRow.Source))] GuardianRow person, IDataAsOfBySourceDataLoader asOf,
        CancellationToken ct) => asOf.LoadAsync(person.Source, ct);
}
