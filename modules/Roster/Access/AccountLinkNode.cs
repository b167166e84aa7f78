using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class AccountLinkQueries
{
    /// <summary>Which accounts are which people of the roster, the latest first.</summary>
    [UseConnection, UseFiltering, Authorize(Policy = RosterPermissions.Link)]
    public static Task<Page<AccountLinkRow>> GetAccountLinksAsync(
        [GraphQLDescription("True for what was ended, too.")] bool? includeEnded,
        PagingArguments paging, QueryContext<AccountLinkRow> query, Rows db, CancellationToken ct) =>
        (includeEnded is true ? db.Of<AccountLinkRow>() : db.Of<AccountLinkRow>().Where(x => x.EndedAt == null))
            .With(query, sort => sort.IfEmpty(o => o.AddDescending(x => x.Id)))
            .ToPageAsync(paging, ct);
}

[ObjectType<AccountLinkRow>, Authorize(Policy = RosterPermissions.Link)]
internal static partial class AccountLinkNode
{
    [NodeResolver]
    public static Task<AccountLinkRow?> GetAccountLinkAsync(
        Guid id, IAccountLinkByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

    /// <summary>The person.</summary>
    [BindMember(nameof(AccountLinkRow.PersonId))]
    public static Task<PersonRow?> GetPersonAsync(
        [Parent(nameof(AccountLinkRow.PersonId))] AccountLinkRow link,
        QueryContext<PersonRow> query, IPersonByIdDataLoader people, CancellationToken ct) =>
        people.With(query).LoadAsync(link.PersonId, ct);
}

internal static class AccountLinkLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, AccountLinkRow>> GetAccountLinkByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<AccountLinkRow> query, Rows db, CancellationToken ct) =>
        db.Of<AccountLinkRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);
}
