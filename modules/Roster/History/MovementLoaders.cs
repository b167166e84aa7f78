using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

internal static class MovementLoaders
{
    [DataLoader]
    public static async Task<Dictionary<Guid, MovementRow>> GetMovementByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<MovementRow> query, Rows db, CancellationToken ct) =>
        await db.OfKeys(ids, query, static (tables, ids, wanted) =>
                tables.Of<MovementRow>().Where(x => ids.Contains(x.Id)).With(wanted.Include(x => x.Id)))
            .ToDictionaryAsync(x => x.Id, cancellationToken: ct);

    [DataLoader]
    public static Task<Dictionary<Guid, Page<MovementRow>>> GetMovementsByPersonIdAsync(
        IReadOnlyList<Guid> ids, PagingArguments paging, QueryContext<MovementRow> query, Rows db,
        [DataLoaderState] bool? includeCorrected, CancellationToken ct) =>
        db.Of<MovementRow>().InForce(includeCorrected).Where(x => ids.Contains(x.PersonId))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.MovedOn)))
            .ToBatchPageAsync(x => x.PersonId, paging, ct);

    [DataLoader]
    public static Task<Dictionary<Guid, MovementCount[]>> GetMovementCountsBySchoolIdAsync(
        IReadOnlyList<Guid> ids, Rows db, [DataLoaderState] MovementRange? range, CancellationToken ct) =>
        MovementCounts.OfSchoolsAsync(db, ids, range!, ct); // The field always says one.
}
