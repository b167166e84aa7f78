using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class AsOfQueries
{
    /// <summary>The roster as it was at a moment.</summary>
    [Authorize(Policy = RosterPermissions.Read)]
    public static async Task<RosterAsOf> GetRosterAsync(
        [GraphQLDescription("The moment.")] DateTimeOffset asOf, Rows db, CancellationToken ct)
    {
        var moment = asOf.ToUniversalTime();
        var run = await db.Of<HistoryRunRow>().Where(x => x.At <= moment)
            .OrderByDescending(x => x.At).ThenByDescending(x => x.Position).FirstOrDefaultAsync(ct);
        return new() { AsOf = asOf, DataAsOf = run?.At, RunId = run?.RunId, Position = run?.Position ?? 0 };
    }
}

[ObjectType<RosterAsOf>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class RosterAsOfNode
{
    /// <summary>The run after which it was so.</summary>
    [Authorize(Policy = RosterPermissions.ReadRuns)]
    public static Task<SyncRunRow?> GetRunAsync(
        [Parent(nameof(RosterAsOf.RunId))] RosterAsOf roster,
        QueryContext<SyncRunRow> query, ISyncRunByIdDataLoader runs,
        CancellationToken ct) =>
        roster.RunId is { } id ? runs.With(query).LoadAsync(id, ct) : Task.FromResult<SyncRunRow?>(null);

    /// <summary>How many students the district had.</summary>
    public static Task<int> GetStudentCountAsync(
        [Parent(nameof(RosterAsOf.Position))] RosterAsOf roster, Rows db, CancellationToken ct) =>
        db.At(SpanKind.Role, roster.Position).Where(x => x.Role == "student")
            .Select(x => x.PersonId).Distinct().CountAsync(ct);

    /// <summary>The schools, in the order of their ids.</summary>
    [UseConnection]
    public static async Task<Page<OrganizationAsOf>> GetSchoolsAsync(
        [Parent(nameof(RosterAsOf.Position))] RosterAsOf roster,
        PagingArguments paging, Rows db, IOrganizationAsOfDataLoader organizations,
        CancellationToken ct)
    {
        var page = await db.At(SpanKind.Organization, roster.Position).Where(x => x.Role == "school")
            .Paged().ToPageAsync(paging, ct);
        var found = await Task.WhenAll(page.Items.Select(line =>
            organizations.LoadAsync(new Then(line.RecordId, roster.Position), ct)));
        var byId = found.OfType<OrganizationAsOf>().ToDictionary(one => one.OrganizationId);
        return page.Select(line => byId[line.RecordId]);
    }

    /// <summary>A school, or null where there was none.</summary>
    public static Task<OrganizationAsOf?> GetSchoolAsync(
        [Parent(nameof(RosterAsOf.Position))] RosterAsOf roster,
        [ID<SchoolRow>, GraphQLDescription("The school.")] Guid id,
        IOrganizationAsOfDataLoader organizations, CancellationToken ct) =>
        organizations.LoadAsync(new Then(id, roster.Position), ct);

    /// <summary>A class, or null where there was none.</summary>
    public static Task<ClassAsOf?> GetClassAsync(
        [Parent(nameof(RosterAsOf.Position))] RosterAsOf roster,
        [ID<ClassRow>, GraphQLDescription("The class.")] Guid id,
        IClassAsOfDataLoader classes, CancellationToken ct) => classes.LoadAsync(new Then(id, roster.Position), ct);

    /// <summary>A student, or null where the source did not send them.</summary>
    public static Task<PersonAsOf?> GetStudentAsync(
        [Parent(nameof(RosterAsOf.Position))] RosterAsOf roster,
        [ID<StudentRow>, GraphQLDescription("The student.")] Guid id,
        IPersonAsOfDataLoader people, CancellationToken ct) => people.LoadAsync(new Then(id, roster.Position), ct);

    /// <summary>A member of staff, or null where the source did not send them.</summary>
    public static Task<PersonAsOf?> GetStaffMemberAsync(
        [Parent(nameof(RosterAsOf.Position))] RosterAsOf roster,
        [ID<StaffMemberRow>, GraphQLDescription("The member of staff.")] Guid id,
        IPersonAsOfDataLoader people, CancellationToken ct) => people.LoadAsync(new Then(id, roster.Position), ct);

    /// <summary>A person, whatever they were, or null where the source did not send them.</summary>
    public static Task<PersonAsOf?> GetPersonAsync(
        [Parent(nameof(RosterAsOf.Position))] RosterAsOf roster,
        [ID<PersonRow>, GraphQLDescription("The person.")] Guid id,
        IPersonAsOfDataLoader people, CancellationToken ct) => people.LoadAsync(new Then(id, roster.Position), ct);
}
