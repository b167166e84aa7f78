using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;

namespace K12Hub.Hosting;

[QueryType]
internal static partial class AccessQueries
{
    /// <summary>Who saw what of a student, and to whom it was disclosed, the latest first. That somebody was told is
    /// itself written down.</summary>
    [UseConnection(IncludeTotalCount = false), Authorize(Policy = AuditPermissions.Read)]
    public static async Task<Page<AccessRecordRow>> GetAccessRecordsAsync(
        [ID("Student"), GraphQLDescription("The student.")] Guid studentId,
        [GraphQLDescription("Only from this moment on.")] DateTimeOffset? from,
        [GraphQLDescription("Only before this moment.")] DateTimeOffset? to,
        PagingArguments paging, QueryContext<AccessRecordRow> query, Rows db, DocumentStore store, ViewerScope scope,
        AccessNotes notes, CancellationToken ct)
    {
        notes.Group("audit");
        var sets = await store.Audit.PeopleWithAsync(scope.District, studentId, ct);
        var page = await db.Of<AccessRecordRow>().Between(from, to).Where(x => sets.Contains(x.People))
            .With(query, sort => sort.IfEmpty(o => o.AddDescending(x => x.Number)))
            .ToPageAsync(paging, ct);
        if (page.Items.Count > 0) notes.Student(studentId);
        return page;
    }

    /// <summary>What somebody saw, the latest first. That somebody was told is itself written down.</summary>
    [UseConnection(IncludeTotalCount = false), Authorize(Policy = AuditPermissions.Read)]
    public static Task<Page<AccessRecordRow>> GetAccessedByAsync(
        [GraphQLDescription("Id of who saw, as records tell it.")] string actor,
        [GraphQLDescription("Only from this moment on.")] DateTimeOffset? from,
        [GraphQLDescription("Only before this moment.")] DateTimeOffset? to,
        PagingArguments paging, QueryContext<AccessRecordRow> query, Rows db, AccessNotes notes,
        CancellationToken ct)
    {
        notes.Group("audit");
        return db.Of<AccessRecordRow>().Between(from, to).Where(x => x.Actor == actor)
            .With(query, sort => sort.IfEmpty(o => o.AddDescending(x => x.Number)))
            .ToPageAsync(paging, ct);
    }

    private static IQueryable<AccessRecordRow> Between(
        this IQueryable<AccessRecordRow> records, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is { } first) records = records.Where(x => x.RecordedAt >= first.ToUniversalTime());
        return to is { } last ? records.Where(x => x.RecordedAt < last.ToUniversalTime()) : records;
    }
}

[ObjectType<AccessRecordRow>, Authorize(Policy = AuditPermissions.Read)]
internal static partial class AccessRecordNode
{
    /// <summary>The groups of fields that were seen: names, contact, demographics and so on.</summary>
    public static IReadOnlyList<string> Fields(
        [Parent(nameof(AccessRecordRow.FieldGroups))] AccessRecordRow record) =>
        record.FieldGroups.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The students.</summary>
    [BindMember(nameof(AccessRecordRow.Students)), ID]
    public static IReadOnlyList<string> StudentIds(
        [Parent(nameof(AccessRecordRow.Students))] AccessRecordRow record, AccessNotes notes)
    {
        foreach (var student in record.Students) notes.Student(student);
        return IdsOf("Student", record.Students);
    }

    /// <summary>Other people.</summary>
    [BindMember(nameof(AccessRecordRow.Others)), ID]
    public static IReadOnlyList<string> OtherIds(
        [Parent(nameof(AccessRecordRow.Others))] AccessRecordRow record, AccessNotes notes)
    {
        foreach (var other in record.Others) notes.Other(other);
        return IdsOf("Person", record.Others);
    }

    // Types of a module, which this one does not know.
    private static string[] IdsOf(string type, Guid[] keys) =>
        Array.ConvertAll(keys, key => NodeId.Encode(type, key)!);
}
