using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

internal static partial class StudentNode
{
    /// <summary>When the student came, changed schools and went, the first first; also who was there when the first
    /// roster was read.</summary>
    [UseConnection]
    public static async Task<Page<MovementRow>> GetMovementsAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow student,
        [GraphQLDescription(Movements.IncludeCorrected)] bool? includeCorrected,
        PagingArguments paging, QueryContext<MovementRow> query, IMovementsByPersonIdDataLoader movements,
        CancellationToken ct) =>
        (await movements.With(paging, query, includeCorrected).LoadAsync(student.Id, ct)).OrEmpty();
}

internal static partial class SchoolNode
{
    /// <summary>How many students each kind of movement brought to the school and took from it, without who was there
    /// when the first roster was read.</summary>
    [Authorize(Policy = RosterPermissions.ReadFigures), ListSize(AssumedSize = 7)]
    public static async Task<IReadOnlyList<MovementCount>> GetMovementCountsAsync(
        [Parent(nameof(SchoolRow.Id))] SchoolRow school,
        [GraphQLDescription("The first day.")] DateOnly from,
        [GraphQLDescription("The day after the last day.")] DateOnly until,
        IMovementCountsBySchoolIdDataLoader counts, CancellationToken ct) =>
        await counts.With(new MovementRange(from, until)).LoadAsync(school.Id, ct) ?? [];
}
