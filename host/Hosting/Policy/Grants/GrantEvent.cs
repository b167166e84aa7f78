namespace K12Hub.Hosting;

/// <summary>What can have happened to a grant. These shapes are stored for ever: add, never rename; a changed meaning
/// is a new record and an upcaster.</summary>
internal abstract record GrantEvent
{
    /// <summary>An account, or a token, was given a role: for the district, or for some schools or topics.</summary>
    public sealed record Given(
        Guid AccountId, string Role, Guid[] Schools, Guid[] Topics, DateTimeOffset From, DateTimeOffset? Until,
        string Reason) : GrantEvent;

    /// <summary>It was ended before its time.</summary>
    public sealed record Ended(string Reason, DateTimeOffset At) : GrantEvent;
}
