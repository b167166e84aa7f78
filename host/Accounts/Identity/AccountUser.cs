namespace K12Hub.Accounts;

/// <summary>An account as ASP.NET Core's identity managers handle it: the folded state, and what happened since it was
/// loaded and is not stored yet.</summary>
internal sealed class AccountUser(Account state, int version)
{
    private readonly List<AccountEvent> pending = [];

    public Account State { get; private set; } = state;

    /// <summary>As it is stored.</summary>
    public Account Stored { get; private set; } = state;

    public Guid Id => State.Id;

    /// <summary>Who does it, for the log of events; the account itself unless somebody else does.</summary>
    public string? Actor { get; set; }

    /// <summary>Number of stored events.</summary>
    public int Version { get; private set; } = version;

    public IReadOnlyList<AccountEvent> Pending => pending;

    /// <summary>A new account that is not stored yet.</summary>
    public static AccountUser New(Guid id, string signInName, string name, bool isFirst, DateTimeOffset now)
    {
        var user = new AccountUser(new Account(id), 0);
        user.Happens(new AccountEvent.Created(id, SignInNames.Normal(signInName), name.Trim(), isFirst, now));
        return user;
    }

    public void Happens(AccountEvent happened)
    {
        State = Account.Evolve(State, happened);
        pending.Add(happened);
    }

    public void Saved()
    {
        Stored = State;
        Version += pending.Count;
        pending.Clear();
    }
}
