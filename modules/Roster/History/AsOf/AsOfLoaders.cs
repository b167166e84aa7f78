using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

/// <summary>What was, for a page of things at a time: which version of each held stands in the history, what it said in
/// its event.</summary>
internal static class AsOfLoaders
{
    [DataLoader]
    public static Task<Dictionary<Then, OrganizationAsOf>> GetOrganizationAsOfAsync(
        IReadOnlyList<Then> keys, Rows db, DocumentStore store, ViewerScope viewer, CancellationToken ct) =>
        AsOfSpans.ByPositionAsync(keys, async (ids, position) =>
            (await SaidAsync(SpanKind.Organization, ids, position, db, store, viewer, ct))
                .ToDictionary(said => said.StreamId, said =>
                {
                    var org = ((RosterEvent<OrganizationFacts>)said.Data).Record;
                    return new OrganizationAsOf
                    {
                        OrganizationId = said.StreamId, Name = org.Name, Type = org.Type, Identifier = org.Identifier,
                        Then = new(said.StreamId, position),
                    };
                }));

    [DataLoader]
    public static Task<Dictionary<Then, ClassAsOf>> GetClassAsOfAsync(
        IReadOnlyList<Then> keys, Rows db, DocumentStore store, ViewerScope viewer, CancellationToken ct) =>
        AsOfSpans.ByPositionAsync(keys, async (ids, position) =>
            (await SaidAsync(SpanKind.Class, ids, position, db, store, viewer, ct))
                .ToDictionary(said => said.StreamId, said =>
                {
                    var group = ((RosterEvent<ClassFacts>)said.Data).Record;
                    return new ClassAsOf
                    {
                        ClassId = said.StreamId, Title = group.Title, Code = group.ClassCode, Grades = group.Grades,
                        Location = group.Location, SchoolId = group.SchoolId, Then = new(said.StreamId, position),
                    };
                }));

    [DataLoader]
    public static Task<Dictionary<Then, PersonAsOf>> GetPersonAsOfAsync(
        IReadOnlyList<Then> keys, Rows db, DocumentStore store, ViewerScope viewer, CancellationToken ct) =>
        AsOfSpans.ByPositionAsync(keys, async (ids, position) =>
            (await SaidAsync(SpanKind.Person, ids, position, db, store, viewer, ct)).ToDictionary(
                said => said.StreamId,
                said => Person(
                    ((PersonEvent<PersonFacts>)said.Data).Record, new(said.StreamId, position),
                    viewer.Viewer.ReachOf(RosterPermissions.ReadContact).IsDistrict)));

    [DataLoader]
    public static Task<Dictionary<Then, RoleAsOf[]>> GetRolesAsOfAsync(
        IReadOnlyList<Then> people, Rows db, CancellationToken ct) =>
        AsOfSpans.ByPositionAsync(people, async (ids, position) =>
        {
            // Of an erased person it is not known where.
            var lines = await db.At(SpanKind.Role, position)
                .Where(x => ids.Contains(x.PersonId!.Value) && x.PlaceId != null).ToListAsync(ct);
            return lines.GroupBy(line => line.PersonId!.Value).ToDictionary(
                one => one.Key,
                one => one.OrderByDescending(line => line.IsPrimary is true)
                    .ThenBy(line => line.PlaceId!.Value.ToString(), StringComparer.Ordinal)
                    .Select(line => AsOfSpans.Role(line, position)).ToArray());
        });

    [DataLoader]
    public static Task<Dictionary<Then, Page<EnrollmentAsOf>>> GetEnrollmentsAsOfByPersonAsync(
        IReadOnlyList<Then> people, PagingArguments paging, Rows db, CancellationToken ct) =>
        AsOfSpans.ByPositionAsync(people, async (ids, position) =>
            Parts(position, await db.At(SpanKind.Enrollment, position)
                .Where(x => ids.Contains(x.PersonId!.Value))
                .Paged().ToBatchPageAsync(x => x.PersonId!.Value, paging, ct)));

    [DataLoader]
    public static Task<Dictionary<Then, Page<EnrollmentAsOf>>> GetEnrollmentsAsOfByClassAsync(
        IReadOnlyList<Then> classes, PagingArguments paging, Rows db, [DataLoaderState] string? role,
        CancellationToken ct) =>
        AsOfSpans.ByPositionAsync(classes, async (ids, position) =>
            Parts(position, await db.At(SpanKind.Enrollment, position)
                .Where(x => ids.Contains(x.ClassId!.Value) && (role == null || x.Role == role))
                .Paged().ToBatchPageAsync(x => x.ClassId!.Value, paging, ct)));

    [DataLoader]
    public static Task<Dictionary<Then, int>> GetStudentCountAsOfAsync(
        IReadOnlyList<Then> places, Rows db, CancellationToken ct) =>
        AsOfSpans.ByPositionAsync(places, (ids, position) => AsOfSpans.CountAsync(
            db.At(SpanKind.Role, position).Where(x => x.Role == "student"), ids, ct));

    [DataLoader]
    public static Task<Dictionary<Then, int>> GetStaffCountAsOfAsync(
        IReadOnlyList<Then> places, Rows db, CancellationToken ct) =>
        AsOfSpans.ByPositionAsync(places, (ids, position) => AsOfSpans.CountAsync(
            db.At(SpanKind.Role, position).Where(x => !AsOfSpans.NotStaff.Contains(x.Role)), ids, ct));

    [DataLoader]
    public static Task<Dictionary<Then, int>> GetClassCountAsOfAsync(
        IReadOnlyList<Then> places, Rows db, CancellationToken ct) =>
        AsOfSpans.ByPositionAsync(places, (ids, position) => AsOfSpans.CountAsync(
            db.At(SpanKind.Class, position), ids, ct));

    private static Dictionary<Guid, Page<EnrollmentAsOf>> Parts(
        long position, Dictionary<Guid, Page<SpanRow>> pages) => pages.ToDictionary(
        page => page.Key, page => page.Value.Select(line => AsOfSpans.Enrollment(line, position)));

    // Where somebody was then says nothing of who may call her now: contact data of then is for the whole district.
    private static PersonAsOf Person(PersonFacts? said, Then then, bool showsContact) => said is null
        ? new() { PersonId = then.Id, GivenName = Erased, FamilyName = Erased, Then = then }
        : new()
        {
            PersonId = then.Id, GivenName = said.GivenName, FamilyName = said.FamilyName,
            PreferredGivenName = said.PreferredGivenName, Identifier = said.Identifier,
            Email = showsContact ? said.Email : null, Phone = showsContact ? said.Phone : null,
            Grade = said.Grades is [var grade, ..] ? grade : null,
            PrimaryOrganizationId = said.PrimaryOrganizationId, Then = then,
        };

    private static string Erased => PersonalDataAttribute.Erased;

    /// <summary>The events that said what held.</summary>
    private static async Task<IReadOnlyList<RecordedEvent>> SaidAsync(
        string kind, Guid[] ids, long position, Rows db, DocumentStore store, ViewerScope viewer, CancellationToken ct)
    {
        var places = await db.At(kind, position).Where(x => ids.Contains(x.RecordId))
            .Select(x => new { x.RecordId, x.Version }).ToListAsync(ct);
        return await store.Feed.ReadAsync(
            viewer.District, [.. places.Select(place => (place.RecordId, place.Version))], ct);
    }
}
