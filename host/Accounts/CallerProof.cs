namespace K12Hub.Accounts;

/// <summary>When whoever sends a request last proved who they are: one per service scope.</summary>
internal sealed class CallerProof
{
    /// <summary>Null for a request without a session.</summary>
    public DateTimeOffset? At { get; set; }
}
