using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Accounts;

[QueryType]
internal static partial class AccountQueries
{
    /// <summary>Who has an account, by name.</summary>
    [UseConnection, UseFiltering, Authorize(Policy = AccountsPermissions.ReadAccounts)]
    public static Task<Page<AccountRow>> GetAccountsAsync(
        PagingArguments paging, QueryContext<AccountRow> query, Rows db, CancellationToken ct) =>
        db.Of<AccountRow>().With(query, sort => sort.IfEmpty(order => order.AddAscending(account => account.Name)))
            .ToPageAsync(paging, ct);
}

[ObjectType<AccountRow>, Authorize(Policy = AccountsPermissions.ReadAccounts)]
internal static partial class AccountNode
{
    [NodeResolver]
    public static Task<AccountRow?> GetAccountAsync(Guid id, IAccountByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>Its id as it stands in the log as who did something, and as roles are given to it.</summary>
    public static Guid GetActorId([Parent(nameof(AccountRow.Id))] AccountRow account) => account.Id;
}

internal static class AccountLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, AccountRow>> GetAccountByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<AccountRow> query, Rows db, CancellationToken ct) =>
        db.Of<AccountRow>().Where(account => ids.Contains(account.Id)).With(query.Include(account => account.Id))
            .ToDictionaryAsync(account => account.Id, ct);
}
