using K12Hub.GraphQL;

namespace K12Hub.Hosting;

/// <summary>A command that gives a role: nobody gives what goes farther than what she has herself.</summary>
internal interface IGivesRole
{
    Role? Given { get; }

    Reach Scope { get; }
}

/// <summary>Gives an account, or a token, a role. Nobody can give what goes farther than what they have.</summary>
/// <param name="AccountId">Id of the account or token.</param>
/// <param name="Role">The role: schoolAdministrator, auditor and so on.</param>
/// <param name="SchoolIds">The schools it is for; none for the whole district, or for topics.</param>
/// <param name="TopicIds">The topics it is for.</param>
/// <param name="From">From when on; at once without it.</param>
/// <param name="Until">Until when; without it, until it is ended.</param>
/// <param name="Reason">Why, for whoever asks later; without names.</param>
[Mutation("grantRole", Policy = PolicyPermissions.Grant, Returns = typeof(GrantRow))]
internal sealed partial record GrantRole(
    Guid AccountId, string Role, [property: ID("School")] IReadOnlyList<Guid>? SchoolIds, IReadOnlyList<Guid>? TopicIds,
    DateTimeOffset? From, DateTimeOffset? Until, string Reason) : ICommand<Grant>, IGivesRole,
    INamesOthers
{
    IEnumerable<NamedIds> INamesOthers.Named =>
    [
        new("school", nameof(SchoolIds), SchoolIds ?? []), new("topic", nameof(TopicIds), TopicIds ?? []),
        new("account", nameof(AccountId), [AccountId]),
    ];

    Role? IGivesRole.Given => RoleCatalog.Find(Role);

    Reach IGivesRole.Scope => SchoolIds is { Count: > 0 } || TopicIds is { Count: > 0 }
        ? Reach.AtSchools(SchoolIds ?? []).And(Reach.InTopics(TopicIds ?? []))
        : Reach.District;

    public static Decision<GrantEvent> Decide(Grant grant, GrantRole command, DateTimeOffset now)
    {
        var role = RoleCatalog.Find(command.Role);
        if (role is null or { GivenFor: GrantScope.None }) return GrantRefusals.NoRole.At(nameof(command.Role));
        if (!Fits(role, command)) return GrantRefusals.WrongScope.At(nameof(command.Role));
        if (string.IsNullOrWhiteSpace(command.Reason)) return GrantRefusals.NoReason.At(nameof(command.Reason));

        var from = command.From ?? now;
        if (command.Until <= from || command.Until <= now) return GrantRefusals.Over.At(nameof(command.Until));

        return new GrantEvent.Given(
            command.AccountId, role.Name, [.. command.SchoolIds ?? []], [.. command.TopicIds ?? []], from,
            command.Until, command.Reason.Trim());
    }

    private static bool Fits(Role role, GrantRole command)
    {
        var parts = (command.SchoolIds is { Count: > 0 } ? GrantScope.Schools : 0)
            | (command.TopicIds is { Count: > 0 } ? GrantScope.Topics : 0);
        var scope = parts is GrantScope.None ? GrantScope.District : parts;
        return (role.GivenFor & scope) == scope;
    }
}

/// <summary>Takes a role back, from now on.</summary>
/// <param name="Id">The grant.</param>
/// <param name="Reason">Why, for whoever asks later; without names.</param>
[Mutation("endGrant", Policy = PolicyPermissions.Grant, Returns = typeof(GrantRow))]
internal sealed record EndGrant(Guid Id, string Reason) : ICommand<Grant>
{
    public static Decision<GrantEvent> Decide(Grant grant, EndGrant command, DateTimeOffset now)
    {
        if (!grant.Exists) return Refusal.NotFound("grant");
        if (grant.EndedAt is not null || grant.Until <= now) return Decision.Nothing;
        if (string.IsNullOrWhiteSpace(command.Reason)) return GrantRefusals.NoReason.At(nameof(command.Reason));

        return new GrantEvent.Ended(command.Reason.Trim(), now);
    }
}

internal static class GrantRefusals
{
    public static readonly Refusal NoRole = new(
        "grant.role", "There is no such role to give. Family members and nobody's visitors are not given theirs.");

    public static readonly Refusal WrongScope = new(
        "grant.scope", "This role is not given for that. Name the schools, the topics, or neither, as it needs.");

    public static readonly Refusal NoReason = new("grant.reason", "Say why, in a few words.");

    public static readonly Refusal Over = new("grant.until", "It would be over before it begins. Choose a later end.");
}
