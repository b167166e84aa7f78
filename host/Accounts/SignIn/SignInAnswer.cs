namespace K12Hub.Accounts;

/// <summary>What came of a step of a sign-in.</summary>
/// <param name="Token">What the browser gets; null when the step failed.</param>
/// <param name="Step">How far the sign-in has come.</param>
/// <param name="Wait">How long to wait before the next attempt; null when this one counted.</param>
internal sealed record SignInAnswer(string? Token, string Step, TimeSpan? Wait)
{
    /// <summary>It was wrong; what was wrong is not said.</summary>
    public static SignInAnswer Wrong { get; } = new(null, "", null);

    public static SignInAnswer Later(TimeSpan wait) => new(null, "", wait);
}
