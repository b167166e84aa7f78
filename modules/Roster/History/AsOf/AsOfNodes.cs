using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;

namespace K12Hub.Roster;

[ObjectType<OrganizationAsOf>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class OrganizationAsOfNode
{
    /// <summary>How many people were students there.</summary>
    public static Task<int> GetStudentCountAsync(
        [Parent(nameof(OrganizationAsOf.Then))] OrganizationAsOf place,
        IStudentCountAsOfDataLoader counts, CancellationToken ct) =>
        counts.LoadAsync(place.Then, ct);

    /// <summary>How many people had another role there than student, guardian, parent or relative.</summary>
    public static Task<int> GetStaffCountAsync(
        [Parent(nameof(OrganizationAsOf.Then))] OrganizationAsOf place,
        IStaffCountAsOfDataLoader counts, CancellationToken ct) =>
        counts.LoadAsync(place.Then, ct);

    /// <summary>How many classes there were.</summary>
    public static Task<int> GetClassCountAsync(
        [Parent(nameof(OrganizationAsOf.Then))] OrganizationAsOf place,
        IClassCountAsOfDataLoader counts, CancellationToken ct) =>
        counts.LoadAsync(place.Then, ct);

    /// <summary>The students, in no order that means something. A student of two schools is in both.</summary>
    [UseConnection]
    public static async Task<Page<PersonAsOf>> GetStudentsAsync(
        [Parent(nameof(OrganizationAsOf.Then))] OrganizationAsOf place,
        PagingArguments paging, Rows db, IPersonAsOfDataLoader people,
        CancellationToken ct)
    {
        var (id, position) = place.Then;
        return await PeopleAsync(
            await db.At(SpanKind.Role, position).Where(x => x.PlaceId == id && x.Role == "student")
                .Paged().ToPageAsync(paging, ct),
            position, people, ct);
    }

    /// <summary>The staff, in no order that means something; who had two roles is there twice.</summary>
    [UseConnection]
    public static async Task<Page<PersonAsOf>> GetStaffAsync(
        [Parent(nameof(OrganizationAsOf.Then))] OrganizationAsOf place,
        PagingArguments paging, Rows db, IPersonAsOfDataLoader people,
        CancellationToken ct)
    {
        var (id, position) = place.Then;
        return await PeopleAsync(
            await db.At(SpanKind.Role, position)
                .Where(x => x.PlaceId == id && !AsOfSpans.NotStaff.Contains(x.Role))
                .Paged().ToPageAsync(paging, ct),
            position, people, ct);
    }

    /// <summary>The classes, in no order that means something.</summary>
    [UseConnection]
    public static async Task<Page<ClassAsOf>> GetClassesAsync(
        [Parent(nameof(OrganizationAsOf.Then))] OrganizationAsOf place,
        PagingArguments paging, Rows db, IClassAsOfDataLoader classes,
        CancellationToken ct)
    {
        var (id, position) = place.Then;
        var page = await db.At(SpanKind.Class, position).Where(x => x.PlaceId == id).Paged().ToPageAsync(paging, ct);
        var found = await Task.WhenAll(page.Items.Select(line =>
            classes.LoadAsync(new Then(line.RecordId, position), ct)));
        var byId = found.OfType<ClassAsOf>().ToDictionary(one => one.ClassId);
        return page.Select(line => byId[line.RecordId]);
    }

    /// <summary>Whoever had a role was sent as a person in the same roster, or the row would have been
    /// rejected.</summary>
    private static async Task<Page<PersonAsOf>> PeopleAsync(
        Page<SpanRow> page, long position, IPersonAsOfDataLoader people, CancellationToken ct)
    {
        var found = await Task.WhenAll(page.Items.Select(line =>
            people.LoadAsync(new Then(line.PersonId!.Value, position), ct)));
        var byLine = page.Items.Zip(found).ToDictionary(pair => pair.First, pair => pair.Second);
        return page.Select(line => byLine[line] ?? new PersonAsOf
        {
            PersonId = line.PersonId!.Value, Then = new(line.PersonId!.Value, position),
        });
    }
}

[ObjectType<ClassAsOf>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class ClassAsOfNode
{
    /// <summary>The school.</summary>
    public static Task<OrganizationAsOf?> GetSchoolAsync(
        [Parent(nameof(ClassAsOf.Then), nameof(ClassAsOf.SchoolId))] ClassAsOf group,
        IOrganizationAsOfDataLoader organizations, CancellationToken ct) =>
        organizations.LoadAsync(group.Then with { Id = group.SchoolId }, ct);

    /// <summary>Who took part in it, in whatever role.</summary>
    [UseConnection]
    public static async Task<Page<EnrollmentAsOf>> GetEnrollmentsAsync(
        [Parent(nameof(ClassAsOf.Then))] ClassAsOf group,
        PagingArguments paging, IEnrollmentsAsOfByClassDataLoader enrollments,
        CancellationToken ct) => (await enrollments.With(paging, null).LoadAsync(group.Then, ct)).OrEmpty();

    /// <summary>The parts of those who learned in it.</summary>
    [UseConnection]
    public static async Task<Page<EnrollmentAsOf>> GetStudentsAsync(
        [Parent(nameof(ClassAsOf.Then))] ClassAsOf group,
        PagingArguments paging, IEnrollmentsAsOfByClassDataLoader enrollments,
        CancellationToken ct) => (await enrollments.With(paging, "student").LoadAsync(group.Then, ct)).OrEmpty();

    /// <summary>The parts of those who taught it.</summary>
    [UseConnection]
    public static async Task<Page<EnrollmentAsOf>> GetTeachersAsync(
        [Parent(nameof(ClassAsOf.Then))] ClassAsOf group,
        PagingArguments paging, IEnrollmentsAsOfByClassDataLoader enrollments,
        CancellationToken ct) => (await enrollments.With(paging, "teacher").LoadAsync(group.Then, ct)).OrEmpty();
}

[ObjectType<PersonAsOf>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class PersonAsOfNode
{
    /// <summary>What the person was, and where; main roles first.</summary>
    [ListSize(AssumedSize = 2)]
    public static async Task<IReadOnlyList<RoleAsOf>> GetRolesAsync(
        [Parent(nameof(PersonAsOf.Then))] PersonAsOf person, IRolesAsOfDataLoader roles, CancellationToken ct) =>
        await roles.LoadAsync(person.Then, ct) ?? [];

    /// <summary>The main school: the main organization if the person had a role there, else that of the main role; null
    /// for who had none.</summary>
    public static async Task<OrganizationAsOf?> GetSchoolAsync(
        [Parent(nameof(PersonAsOf.Then), nameof(PersonAsOf.PrimaryOrganizationId))] PersonAsOf person,
        IRolesAsOfDataLoader roles, IOrganizationAsOfDataLoader organizations,
        CancellationToken ct)
    {
        var all = await roles.LoadAsync(person.Then, ct) ?? [];
        var main = all.FirstOrDefault(role => role.Organization.Id == person.PrimaryOrganizationId)
            ?? all.FirstOrDefault();
        return main is null ? null : await organizations.LoadAsync(main.Organization, ct);
    }

    /// <summary>The person's parts in classes.</summary>
    [UseConnection]
    public static async Task<Page<EnrollmentAsOf>> GetEnrollmentsAsync(
        [Parent(nameof(PersonAsOf.Then))] PersonAsOf person,
        PagingArguments paging, IEnrollmentsAsOfByPersonDataLoader enrollments,
        CancellationToken ct) => (await enrollments.With(paging).LoadAsync(person.Then, ct)).OrEmpty();
}

[ObjectType<RoleAsOf>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class RoleAsOfNode
{
    /// <summary>Where.</summary>
    [BindMember(nameof(RoleAsOf.Organization))]
    public static Task<OrganizationAsOf?> GetOrganizationAsync(
        [Parent(nameof(RoleAsOf.Organization))] RoleAsOf role,
        IOrganizationAsOfDataLoader organizations, CancellationToken ct) =>
        organizations.LoadAsync(role.Organization, ct);
}

[ObjectType<EnrollmentAsOf>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class EnrollmentAsOfNode
{
    /// <summary>The class.</summary>
    [BindMember(nameof(EnrollmentAsOf.Class))]
    public static Task<ClassAsOf?> GetClassAsync(
        [Parent(nameof(EnrollmentAsOf.Class))] EnrollmentAsOf enrollment,
        IClassAsOfDataLoader classes, CancellationToken ct) =>
        classes.LoadAsync(enrollment.Class, ct);

    /// <summary>The person.</summary>
    [BindMember(nameof(EnrollmentAsOf.Person))]
    public static Task<PersonAsOf?> GetPersonAsync(
        [Parent(nameof(EnrollmentAsOf.Person))] EnrollmentAsOf enrollment,
        IPersonAsOfDataLoader people, CancellationToken ct) =>
        people.LoadAsync(enrollment.Person, ct);
}
