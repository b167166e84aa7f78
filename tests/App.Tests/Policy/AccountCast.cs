using K12Hub.Accounts;
using K12Hub.EventStore;
using K12Hub.Hosting;
using K12Hub.Roster;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.App.Tests.Policy;

/// <summary>Accounts and tokens of the first district that have each role by a grant, by the roster, by being the
/// first, and some that have it no more, not yet, or not any longer to sign in with.</summary>
internal sealed class AccountCast(PolicyServer server)
{
    private static readonly DistrictId District = new(1);
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private int made;

    /// <summary>All of them: id, and whether anybody can sign in with it.</summary>
    public Dictionary<Guid, bool> All { get; } = [];

    public Guid Principal { get; private set; }

    public Guid Parent { get; private set; }

    public Guid Program { get; private set; }

    public async Task MakeAsync()
    {
        var store = server.Services.GetRequiredService<DocumentStore>();
        await using var session = store.LightweightSession(District);
        foreach (var role in Roles.All.Where(role => role.GivenFor is not GrantScope.None))
        {
            Give(session, await AccountAsync(), role, Now.AddDays(-1), null);
        }

        Give(session, await AccountAsync("disabled"), Roles.DistrictAdministrator, Now.AddDays(-1), null);
        Give(session, await AccountAsync(), Roles.DistrictAdministrator, Now.AddDays(1), null);
        Give(session, await AccountAsync(), Roles.DistrictAdministrator, Now.AddDays(-2), Now.AddDays(-1));
        await AccountAsync(isFirst: true);
        Parent = await LinkedAsync(session, server.Family[0]);
        Principal = await LinkedAsync(session, (Guid)(await server.RowsAsync(
            """
            select person_id from roster.person_roles_v1
             where tenant_id = 1 and role = 'principal' and ended_at is null order by 1 limit 1
            """))[0][0]!);
        Program = Token(session, "roster.read", "roster.demographics.read");
        Give(session, Token(session, "outbox.read"), Roles.Integration, Now.AddDays(-1), null);
        await session.SaveChangesAsync(HubProcess.Ct);
        var grants = server.Services.GetRequiredService<IViewerGrants>();
        foreach (var (id, isUsed) in All)
        {
            var viewer = await grants.ViewerOfAsync(District, id, HubProcess.Ct);
            server.Enter(id.ToString(), isUsed ? viewer : Viewer.Nobody);
        }
    }

    private void Give(
        IDocumentSession session, Guid account, Role role, DateTimeOffset from, DateTimeOffset? until) =>
        session.Events.StartStream<Grant>(Guid.CreateVersion7(), new GrantEvent.Given(
            account, role.Name, (role.GivenFor & GrantScope.Schools) != 0 ? [server.School] : [],
            role.GivenFor is GrantScope.Topics ? [server.School] : [], from, until, "Asked by the board."));

    private async Task<Guid> LinkedAsync(IDocumentSession session, Guid person)
    {
        var account = await AccountAsync();
        session.Events.StartStream<AccountLink>(
            Guid.CreateVersion7(), new AccountLinkEvent.Linked(account, person));
        return account;
    }

    private Guid Token(IDocumentSession session, params string[] permissions)
    {
        var id = Guid.CreateVersion7();
        session.Events.StartStream<ApiToken>(id, new ApiTokenEvent.Created(
            $"Program {made}", $"program {made++}", permissions, Now, Now.AddDays(30)));
        All[id] = true;
        return id;
    }

    private async Task<Guid> AccountAsync(string state = "active", bool isFirst = false)
    {
        var id = Guid.NewGuid();
        await server.ExecuteAsync(
            $"""
            insert into accounts.accounts_v1
              (tenant_id, id, sign_in_name, name, state, is_first_administrator, has_second_factor, created_at,
               stream_version)
            values (1, '{id}', 'somebody {made++}', 'Somebody', '{state}', {isFirst}, false, '2026-11-01', 1)
            """);
        All[id] = state == "active";
        return id;
    }
}
