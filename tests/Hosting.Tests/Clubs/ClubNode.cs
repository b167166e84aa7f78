using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Hosting.Tests.Clubs;

[QueryType]
internal static partial class ClubQueries
{
    /// <summary>The clubs of the district, by name.</summary>
    [UseConnection(MaxPageSize = 50), UseFiltering, UseSorting, Authorize(Policy = ClubsModule.Read)]
    public static Task<Page<ClubRow>> GetClubsAsync(
        PagingArguments paging, QueryContext<ClubRow> query, Rows db, CancellationToken ct) =>
        db.Of<ClubRow>()
            .With(query, sort => sort.IfEmpty(order => order.AddAscending(club => club.Name)))
            .ToPageAsync(paging, ct);
}

[ObjectType<ClubRow>, Authorize(Policy = ClubsModule.Read)]
internal static partial class ClubNode
{
    [NodeResolver]
    public static Task<ClubRow?> GetClubAsync(Guid id, IClubByIdDataLoader clubs, CancellationToken ct) =>
        clubs.LoadAsync(id, ct);

    /// <summary>The club it shares its room with.</summary>
    [BindMember(nameof(ClubRow.PartnerId))]
    public static Task<ClubRow?> GetPartnerAsync(
        [Parent(nameof(ClubRow.PartnerId))] ClubRow club,
        QueryContext<ClubRow> query, IClubByIdDataLoader clubs, CancellationToken ct) =>
        club.PartnerId is { } id ? clubs.With(query).LoadAsync(id, ct) : Task.FromResult<ClubRow?>(null);

    /// <summary>The clubs that name this one as their partner, by name.</summary>
    [UseConnection]
    public static Task<Page<ClubRow>?> GetPartnersAsync(
        [Parent(nameof(ClubRow.Id))] ClubRow club, PagingArguments paging,
        QueryContext<ClubRow> query, IClubsByPartnerIdDataLoader clubs, CancellationToken ct) =>
        clubs.With(paging, query).LoadAsync(club.Id, ct);
}

internal static class ClubLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, ClubRow>> GetClubByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<ClubRow> query, Rows db, CancellationToken ct) =>
        db.Of<ClubRow>().Where(club => ids.Contains(club.Id)).With(query.Include(club => club.Id))
            .ToDictionaryAsync(club => club.Id, ct);

    [DataLoader]
    public static Task<Dictionary<Guid, Page<ClubRow>>> GetClubsByPartnerIdAsync(
        IReadOnlyList<Guid> ids, PagingArguments paging, QueryContext<ClubRow> query, Rows db, CancellationToken ct) =>
        db.Of<ClubRow>().Where(club => ids.Contains(club.PartnerId!.Value))
            .With(query, sort => sort.IfEmpty(order => order.AddAscending(club => club.Name)))
            .ToBatchPageAsync(club => club.PartnerId!.Value, paging, ct);
}
