namespace K12Hub.Hosting;

/// <summary>Something that whoever watches over a district looks for: a sign-in, a refusal. Ids and stable words: no
/// name, no password, no secret, and nothing that somebody typed.</summary>
/// <param name="Action">What, a stable word: <c>signin.refused</c>.</param>
/// <param name="Via">The way: graphql, http, signin, provider, cli, job.</param>
public sealed record SecurityNote(string Action, string Via)
{
    /// <summary>The kind of such records, as it is stored.</summary>
    internal const string Kind = "security";

    /// <summary>Who, as an id; null when nobody signed in.</summary>
    public string? Actor { get; init; }

    /// <summary>Where it came from: an IP address; null for the machine itself.</summary>
    public string? Address { get; init; }

    /// <summary>The request it happened in.</summary>
    public string? RequestId { get; init; }

    /// <summary>Why, as whoever asked has said it.</summary>
    public string? Purpose { get; init; }

    /// <summary>What it was about: fields, routes, the step of a sign-in.</summary>
    public IReadOnlyList<string> What { get; init; } = [];

    /// <summary>Whose name was used, as an id, where that need not be the actor; null for nobody's.</summary>
    public Guid? Account { get; init; }
}
