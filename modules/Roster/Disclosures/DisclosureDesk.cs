using K12Hub.EventStore;
using K12Hub.GraphQL.Execution;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Where staff tell what they gave out of students on paper or by telephone. Only of students whom the viewer
/// reaches, and whose record the viewer may read; whether there are others is not told.</summary>
internal sealed class DisclosureDesk(
    DocumentStore store, ToldDisclosures told, JobsSettings jobs, TimeProvider time)
{
    private static readonly string FindStudents =
        $"select id, school_id from {RosterKinds.Users.Rows} where tenant_id = $1 and id = any($2) and is_student";

    /// <summary>Writes it down; once, however often it is told.</summary>
    /// <returns>Its numbers among the records of the district, or why not.</returns>
    public async Task<(IReadOnlyList<long> Numbers, Refusal? Refusal)> WriteAsync(
        DistrictId district, Viewer viewer, TellingDisclosure telling, CancellationToken ct)
    {
        var students = telling.Students.Distinct().ToList();
        if (students.Count is 0 or > DisclosureRefusals.MostStudents) return ([], DisclosureRefusals.Students);

        var reached = await ReachedAsync(district, viewer, students, ct);
        var missing = telling.Students.ToList().FindIndex(student => !reached.Contains(student));
        if (missing >= 0) return ([], DisclosureRefusals.NoStudent(missing));
        if (RefusalOf(telling) is { } refusal) return ([], refusal);
        if (await ErasedAsync(district, telling.Students, ct) is { } erased) return ([], erased);

        var disclosure = new Disclosure(
            telling.Party.Trim(), telling.Interest.Trim(), TellingDisclosure.WordOf(telling.Basis))
        {
            MadeOn = telling.MadeOn, Means = TellingDisclosure.WordOf(telling.Means),
        };
        try
        {
            return (await told.WriteAsync(
                district, viewer.Id, students, [.. telling.Records.Distinct().Select(TellingDisclosure.WordOf)],
                disclosure, ct), null);
        }
        catch (SubjectErasedException)
        {
            return ([], await ErasedAsync(district, telling.Students, ct) ?? Refusal.Erased.At("studentIds"));
        }
        catch (AuditException)
        {
            throw new GraphQLException(AccessNotes.NotWritten.Message, AccessNotes.NotWritten.Code);
        }
    }

    private async Task<Refusal?> ErasedAsync(
        DistrictId district, IReadOnlyList<Guid> students, CancellationToken ct)
    {
        var erased = await store.Erasure.FindErasedAsync(district, students, ct);
        return students.ToList().FindIndex(erased.Contains) is >= 0 and var place
            ? Refusal.Erased.At("studentIds", $"{place}")
            : null;
    }

    private Refusal? RefusalOf(TellingDisclosure telling)
    {
        var today = jobs.TodayAt(time);
        return telling.Records.Count == 0 ? DisclosureRefusals.Records
            : Isnt(telling.Party, DisclosureRefusals.LongestParty) ? DisclosureRefusals.Party
            : Isnt(telling.Interest, DisclosureRefusals.LongestInterest) ? DisclosureRefusals.Interest
            : telling.MadeOn > today || telling.MadeOn < today.AddYears(-DisclosureRefusals.MostYears)
                ? DisclosureRefusals.Day
            : null;
    }

    private static bool Isnt(string text, int longest) =>
        string.IsNullOrWhiteSpace(text) || text.Trim().Length > longest || text.Any(char.IsControl);

    private async Task<HashSet<Guid>> ReachedAsync(
        DistrictId district, Viewer viewer, List<Guid> students, CancellationToken ct)
    {
        await using var batch = DistrictBatch.For(store, district)
            .With(FindStudents, district.Value, students.ToArray());
        await using var rows = await batch.ReadAsync(ct);
        var reached = new HashSet<Guid>();
        while (await rows.ReadAsync(ct))
        {
            var student = rows.GetGuid(0);
            var subject = new Subject { Schools = rows.IsDBNull(1) ? [] : [rows.GetGuid(1)], People = [student] };
            if (Policy.May(viewer, RosterPermissions.RecordDisclosure, subject)
                && Policy.May(viewer, RosterPermissions.Read, subject)) reached.Add(student);
        }

        return reached;
    }
}
