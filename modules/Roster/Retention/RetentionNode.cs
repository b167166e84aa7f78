using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class RetentionQueries
{
    /// <summary>How long each kind of records is kept, also where nobody has decided.</summary>
    [Authorize(Policy = RosterPermissions.ReadPrivacy), ListSize(AssumedSize = 5)]
    public static async Task<IReadOnlyList<RetentionScheduleRow>> GetRetentionSchedulesAsync(
        Rows db, CancellationToken ct)
    {
        var known = await db.Of<RetentionScheduleRow>().ToListAsync(ct);
        return [.. RetentionKinds.All.Select(kind => RetentionNode.Of(known, kind))];
    }

    /// <summary>How much the next run would erase, kind by kind; somebody of two kinds counts in both.</summary>
    [Authorize(Policy = RosterPermissions.ReadPrivacy), ListSize(AssumedSize = 4), Cost(100)]
    public static Task<IReadOnlyList<RetentionPreview>> GetRetentionPreviewAsync(
        [GraphQLDescription("True to take what waits for a second person for being in force.")] bool? proposed,
        DueRecords due, ViewerScope viewer, CancellationToken ct) =>
        due.CountAsync(viewer.District, proposed is true, ct);

    /// <summary>The people whom the next run would erase, and those of them whom something keeps, in the order of
    /// their ids.</summary>
    [UseConnection(IncludeTotalCount = false), Authorize(Policy = RosterPermissions.ReadPrivacy), Cost(50)]
    public static Task<Page<DuePerson>> GetRetentionDueAsync(
        [GraphQLDescription("True to take what waits for a second person for being in force.")] bool? proposed,
        PagingArguments paging, DueRecords due, ViewerScope viewer, CancellationToken ct) =>
        due.PageAsync(viewer.District, proposed is true, paging, ct);
}

[MutationType]
internal static partial class RetentionMutations
{
    /// <summary>Proposes how long a kind of records is kept. It comes into force when somebody else approves.</summary>
    [Authorize(Policy = RosterPermissions.SetRetention)]
    public static async Task<MutationResult<RetentionScheduleRow>> SetRetentionAsync(
        [GraphQLDescription("Of what.")] RetentionKind kind,
        [GraphQLDescription("How long after it came to its end, from P30D to P100Y: P7Y.")] string keepFor,
        [GraphQLDescription("The law or rule that says so; certificates of erasures quote it.")] string basis,
        RetentionDesk desk, ViewerScope viewer, Rows db, CancellationToken ct) => await AnswerAsync(
        await desk.SetAsync(viewer.District, kind, keepFor, basis, viewer.Viewer.Id, ct), kind, db, ct);

    /// <summary>Puts into force what somebody else proposed: what it says is then erased every night, for
    /// good.</summary>
    [Authorize(Policy = RosterPermissions.ApproveRetention)]
    public static async Task<MutationResult<RetentionScheduleRow>> ApproveRetentionAsync(
        [GraphQLDescription("Of what.")] RetentionKind kind,
        [GraphQLDescription("What is approved; refused if something else was proposed meanwhile.")] string keepFor,
        RetentionDesk desk, ViewerScope viewer, Rows db, CancellationToken ct) => await AnswerAsync(
        await desk.ApproveAsync(viewer.District, kind, keepFor, viewer.Viewer.Id, ct), kind, db, ct);

    /// <summary>Declines what waits; what is in force stays.</summary>
    [Authorize(Policy = RosterPermissions.ApproveRetention)]
    public static async Task<MutationResult<RetentionScheduleRow>> DeclineRetentionAsync(
        [GraphQLDescription("Of what.")] RetentionKind kind,
        RetentionDesk desk, ViewerScope viewer, Rows db, CancellationToken ct) => await AnswerAsync(
        await desk.DeclineAsync(viewer.District, kind, viewer.Viewer.Id, ct), kind, db, ct);

    /// <summary>Keeps it until somebody decides again, at once.</summary>
    [Authorize(Policy = RosterPermissions.SetRetention)]
    public static async Task<MutationResult<RetentionScheduleRow>> EndRetentionAsync(
        [GraphQLDescription("Of what.")] RetentionKind kind,
        RetentionDesk desk, ViewerScope viewer, Rows db, CancellationToken ct) => await AnswerAsync(
        await desk.EndAsync(viewer.District, kind, viewer.Viewer.Id, ct), kind, db, ct);

    private static async Task<MutationResult<RetentionScheduleRow>> AnswerAsync(
        Refusal? refusal, RetentionKind kind, Rows db, CancellationToken ct) => refusal is null
            ? RetentionNode.Of(await db.Of<RetentionScheduleRow>().ToListAsync(ct), kind)
            : new MutationError(refusal.Code, refusal.Message);
}

[ObjectType<RetentionScheduleRow>, Authorize(Policy = RosterPermissions.ReadPrivacy)]
internal static partial class RetentionNode
{
    /// <summary>Of what.</summary>
    public static RetentionKind GetKind([Parent(nameof(RetentionScheduleRow.Kind))] RetentionScheduleRow schedule) =>
        RetentionKinds.Of(schedule.Kind);

    /// <summary>In a sentence, what happens to it.</summary>
    public static string Meaning(
        [Parent(nameof(RetentionScheduleRow.Kind), nameof(RetentionScheduleRow.KeepFor))]
        RetentionScheduleRow schedule) =>
        RetentionKinds.Of(schedule.Kind) is RetentionKind.AccessRecords ? "Kept as long as the record of the student."
        : schedule.KeepFor is { } time ? $"Erased {time} after it came to its end, unless something keeps it."
        : "Kept until decided.";

    /// <summary>The row of a kind, which nobody may have decided about.</summary>
    internal static RetentionScheduleRow Of(IEnumerable<RetentionScheduleRow> known, RetentionKind kind) =>
        known.FirstOrDefault(row => row.Kind == kind.Word())
        ?? new() { Id = RetentionSchedule.IdOf(kind), Kind = kind.Word() };
}
