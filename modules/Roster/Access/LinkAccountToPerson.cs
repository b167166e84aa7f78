using K12Hub.GraphQL;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Says that whoever signs in with an account is a person of the roster: principals then reach their schools,
/// and parents and guardians their children, for as long as the roster says so.</summary>
/// <param name="AccountId">Id of the account.</param>
/// <param name="PersonId">The person.</param>
[Mutation("linkAccountToPerson", Policy = RosterPermissions.Link, Returns = typeof(AccountLinkRow))]
internal sealed record LinkAccountToPerson(
    Guid AccountId, [property: ID<PersonRow>] Guid PersonId) : ICommand<AccountLink>, INamesOthers
{
    IEnumerable<NamedIds> INamesOthers.Named =>
        [new("person", nameof(PersonId), [PersonId]), new("account", nameof(AccountId), [AccountId])];

    public static Decision<AccountLinkEvent> Decide(AccountLink link, LinkAccountToPerson command) =>
        new AccountLinkEvent.Linked(command.AccountId, command.PersonId);
}

/// <summary>Says that an account is not that person, or no longer.</summary>
/// <param name="Id">The link.</param>
[Mutation("unlinkAccount", Policy = RosterPermissions.Link, Returns = typeof(AccountLinkRow))]
internal sealed record UnlinkAccount(Guid Id) : ICommand<AccountLink>
{
    public static Decision<AccountLinkEvent> Decide(AccountLink link, UnlinkAccount command, DateTimeOffset now)
    {
        if (!link.Exists) return Refusal.NotFound("accountLink");
        if (link.EndedAt is not null) return Decision.Nothing;

        return new AccountLinkEvent.Unlinked(now);
    }
}
