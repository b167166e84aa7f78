using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

[ObjectType<MovementRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class MovementNode
{
    [NodeResolver]
    public static Task<MovementRow?> GetMovementAsync(Guid id, IMovementByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>The student.</summary>
    [BindMember(nameof(MovementRow.PersonId))]
    public static Task<StudentRow?> GetStudentAsync(
        [Parent(nameof(MovementRow.PersonId))] MovementRow movement,
        QueryContext<StudentRow> query, IStudentByIdDataLoader students, CancellationToken ct) =>
        students.With(query).LoadAsync(movement.PersonId, ct);

    /// <summary>The school that was left; null for who came from outside.</summary>
    [BindMember(nameof(MovementRow.FromSchoolId))]
    public static Task<SchoolRow?> GetFromSchoolAsync(
        [Parent(nameof(MovementRow.FromSchoolId))] MovementRow movement,
        QueryContext<SchoolRow> query, ISchoolByIdDataLoader schools, CancellationToken ct) =>
        movement.FromSchoolId is { } id ? schools.With(query).LoadAsync(id, ct) : Task.FromResult<SchoolRow?>(null);

    /// <summary>The school that was entered; null for who left the district.</summary>
    [BindMember(nameof(MovementRow.ToSchoolId))]
    public static Task<SchoolRow?> GetToSchoolAsync(
        [Parent(nameof(MovementRow.ToSchoolId))] MovementRow movement,
        QueryContext<SchoolRow> query, ISchoolByIdDataLoader schools, CancellationToken ct) =>
        movement.ToSchoolId is { } id ? schools.With(query).LoadAsync(id, ct) : Task.FromResult<SchoolRow?>(null);

    /// <summary>The run that found it.</summary>
    [Authorize(Policy = RosterPermissions.ReadRuns)]
    public static Task<SyncRunRow?> GetRunAsync(
        [Parent(nameof(MovementRow.RunId))] MovementRow movement,
        QueryContext<SyncRunRow> query, ISyncRunByIdDataLoader runs, CancellationToken ct) =>
        runs.With(query).LoadAsync(movement.RunId, ct);

    /// <summary>The run that put it right, or the run itself where that was taken back; null while it is
    /// right.</summary>
    [Authorize(Policy = RosterPermissions.ReadRuns)]
    public static Task<SyncRunRow?> GetCorrectedByRunAsync(
        [Parent(nameof(MovementRow.CorrectedByRunId))] MovementRow movement,
        QueryContext<SyncRunRow> query, ISyncRunByIdDataLoader runs, CancellationToken ct) =>
        movement.CorrectedByRunId is { } id
            ? runs.With(query).LoadAsync(id, ct)
            : Task.FromResult<SyncRunRow?>(null);
}
