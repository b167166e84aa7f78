using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Execution;

namespace K12Hub.Hosting;

[QueryType]
internal static partial class AccessQueries
{
    /// <summary>Who saw what of a student, and to whom it was disclosed, the latest first. That somebody was told is
    /// itself written down.</summary>
    [UseConnection(IncludeTotalCount = false), Authorize(Policy = AuditPermissions.Read)]
    public static Task<Page<AccessRecordRow>> GetAccessRecordsAsync(
        [ID("Student"), GraphQLDescription("The student.")] Guid studentId,
        [GraphQLDescription("Only from this moment on.")] DateTimeOffset? from,
        [GraphQLDescription("Only before this moment.")] DateTimeOffset? to,
        PagingArguments paging, QueryContext<AccessRecordRow> query, Rows db, DocumentStore store, ViewerScope scope,
        AccessNotes notes, CancellationToken ct) =>
        OfStudentAsync(
            db.Of<AccessRecordRow>().Between(from, to), studentId, paging, query, store, scope, notes, ct);

    /// <summary>To whom records of a student went that left the district, as 34 CFR 99.32 asks for it, the latest
    /// first. That somebody was told is itself written down.</summary>
    [UseConnection(IncludeTotalCount = false), Authorize(Policy = AuditPermissions.Read)]
    public static Task<Page<AccessRecordRow>> GetDisclosuresAsync(
        [ID("Student"), GraphQLDescription("The student.")] Guid studentId,
        [GraphQLDescription("Only from this moment on.")] DateTimeOffset? from,
        [GraphQLDescription("Only before this moment.")] DateTimeOffset? to,
        PagingArguments paging, QueryContext<AccessRecordRow> query, Rows db, DocumentStore store, ViewerScope scope,
        AccessNotes notes, CancellationToken ct) =>
        OfStudentAsync(
            db.Of<AccessRecordRow>().Where(x => x.Kind == Disclosure.Kind).Between(from, to), studentId, paging, query,
            store, scope, notes, ct);

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
        Storable("actor", actor);
        return db.Of<AccessRecordRow>().Between(from, to).Where(x => x.Actor == actor)
            .With(query, sort => sort.IfEmpty(o => o.AddDescending(x => x.Number)))
            .ToPageAsync(paging, ct);
    }

    /// <summary>What was done and refused that whoever watches over a district looks for, the latest first: sign-ins,
    /// good and bad, roles, tokens, links, holds, erasures, settings, and what was refused to whom. That somebody was
    /// told is itself written down.</summary>
    [UseConnection(IncludeTotalCount = false), Authorize(Policy = AuditPermissions.Read)]
    public static Task<Page<AccessRecordRow>> GetSecurityRecordsAsync(
        [GraphQLDescription("Only what was done so: signin.refused, auth.denied, policy.role_given.")]
        IReadOnlyList<string>? actions,
        [GraphQLDescription("Only what somebody did, by id, as records tell it.")] string? actor,
        [GraphQLDescription("Only from this moment on.")] DateTimeOffset? from,
        [GraphQLDescription("Only before this moment.")] DateTimeOffset? to,
        PagingArguments paging, QueryContext<AccessRecordRow> query, Rows db, AccessNotes notes,
        CancellationToken ct)
    {
        notes.Group("audit");
        foreach (var action in actions ?? []) Storable("actions", action);
        Storable("actor", actor);
        var records = db.Of<AccessRecordRow>().Where(x => x.Kind == SecurityNote.Kind).Between(from, to);
        if (actions is { Count: > 0 }) records = records.Where(x => actions.Contains(x.Action));
        if (actor is not null) records = records.Where(x => x.Actor == actor);
        return records.With(query, sort => sort.IfEmpty(o => o.AddDescending(x => x.Number))).ToPageAsync(paging, ct);
    }

    private static async Task<Page<AccessRecordRow>> OfStudentAsync(
        IQueryable<AccessRecordRow> records, Guid student, PagingArguments paging, QueryContext<AccessRecordRow> query,
        DocumentStore store, ViewerScope scope, AccessNotes notes, CancellationToken ct)
    {
        notes.Group("audit");
        var sets = await store.Audit.PeopleWithAsync(scope.District, student, ct);
        var page = await records.Where(x => sets.Contains(x.People))
            .With(query, sort => sort.IfEmpty(o => o.AddDescending(x => x.Number)))
            .ToPageAsync(paging, ct);
        if (page.Items.Count > 0) notes.Student(student);
        return page;
    }

    // The database keeps no such text, and says so with an error of its own.
    private static void Storable(string argument, string? text)
    {
        if (text?.Contains('\0', StringComparison.Ordinal) is not true) return;
        throw new GraphQLException($"{argument} never holds the character U+0000.", "FILTER_INVALID");
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

    /// <summary>To whom it went, and why it may; null where nothing left the district.</summary>
    public static async Task<Disclosure?> DisclosureAsync(
        [Parent(
            nameof(AccessRecordRow.Kind), nameof(AccessRecordRow.Detail), nameof(AccessRecordRow.Students))]
        AccessRecordRow record,
        IDisclosureByDetailDataLoader disclosures, CancellationToken ct) =>
        record is { Kind: Hosting.Disclosure.Kind, Detail: { } detail }
            ? await disclosures.LoadAsync(new AuditDetail(record.Students is [var one] ? one : null, detail), ct)
            : null;

    [DataLoader]
    public static async Task<Dictionary<AuditDetail, Disclosure>> GetDisclosureByDetailAsync(
        IReadOnlyList<AuditDetail> details, DocumentStore store, ViewerScope scope, CancellationToken ct)
    {
        var opened = await store.Audit.OpenAsync(scope.District, details, ct);
        return details.Zip(opened).ToDictionary(pair => pair.First, pair => Hosting.Disclosure.Read(pair.Second)!);
    }

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

[ObjectType<Disclosure>, Authorize(Policy = AuditPermissions.Read)]
internal static partial class DisclosureNode;
