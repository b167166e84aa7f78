using K12Hub.EventStore;

namespace K12Hub.Accounts;

/// <summary>Somebody's being signed in, in one browser.</summary>
internal sealed record SessionRow
{
    /// <summary>Hash of what the browser holds.</summary>
    public string Hash { get; init; } = "";

    /// <summary>For lists: opens nothing.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public Guid AccountId { get; init; }

    /// <summary>How far the sign-in has come; the words of <see cref="SessionStep"/>.</summary>
    public string Step { get; init; } = "";

    /// <summary>When it began.</summary>
    public DateTimeOffset BeganAt { get; init; }

    /// <summary>When a request came last, give or take a minute.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>When it ends, whatever comes.</summary>
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>When its owner last proved who it is.</summary>
    public DateTimeOffset ProvedAt { get; init; }

    /// <summary>What the browser says it is.</summary>
    [PersonalData(Subject = nameof(AccountId))]
    public string? Device { get; init; }

    /// <summary>What must come back in the next step and is known to us alone, closed: a challenge, a key that is being
    /// set up.</summary>
    public string? Held { get; init; }
}

/// <summary>How far a sign-in has come; the words that are stored.</summary>
internal static class SessionStep
{
    /// <summary>Nothing but a challenge was asked for.</summary>
    public const string Challenged = "challenged";

    /// <summary>The password was right; the second factor is missing.</summary>
    public const string Factor = "factor";

    /// <summary>The password was right; a second factor must be set up.</summary>
    public const string Enrolling = "enrolling";

    /// <summary>Signed in.</summary>
    public const string Full = "full";
}
