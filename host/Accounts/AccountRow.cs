using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Accounts;

/// <summary>An account as lists show it: nothing anybody signs in with but the name.</summary>
internal sealed record AccountRow
{
    /// <summary>Never changes.</summary>
    public Guid Id { get; init; }

    /// <summary>What one types to sign in, in lower case; null when its owner was erased.</summary>
    [Filterable, PersonalData(Subject = nameof(Id))]
    public string? SignInName { get; init; }

    /// <summary>The person's name.</summary>
    [PersonalData(Subject = nameof(Id))]
    public string Name { get; init; } = "";

    /// <summary>invited: no password was chosen yet; active; disabled: nobody signs in.</summary>
    public string State { get; init; } = "";

    /// <summary>Whether it was made with the code on the console.</summary>
    public bool IsFirstAdministrator { get; init; }

    /// <summary>Whether a second factor was set up.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class AccountList : SingleStreamProjection<Account, AccountRow>
{
    public override AccountRow? Row(Account aggregate) => !aggregate.Exists ? null : new()
    {
        Id = aggregate.Id,
        SignInName = aggregate.SignInName,
        Name = aggregate.Name,
        State = StateOf(aggregate),
        IsFirstAdministrator = aggregate.IsFirstAdministrator,
        HasSecondFactor = aggregate.HasSecondFactor,
        CreatedAt = aggregate.CreatedAt,
    };

    public static string StateOf(Account account) =>
        account.DisabledAt is not null ? "disabled"
        : account.PasswordHash is null && account.Logins.Count == 0 ? "invited"
        : "active";
}
