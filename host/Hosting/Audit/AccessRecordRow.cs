using K12Hub.GraphQL;

namespace K12Hub.Hosting;

/// <summary>One record of who saw what of whom, of what left the district, or of what was refused.</summary>
internal sealed record AccessRecordRow
{
    /// <summary>Its place in the district's chain, from 1.</summary>
    [GraphQLName("number")]
    public long Number { get; init; }

    /// <summary>When.</summary>
    [GraphQLName("at")]
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>read, disclosure or security.</summary>
    public string Kind { get; init; } = "";

    /// <summary>What was done: view, view.bulk, export, auth.denied and so on.</summary>
    public string Action { get; init; } = "";

    /// <summary>The way: graphql, subscription, export, provider, cli, job.</summary>
    public string Via { get; init; } = "";

    /// <summary>Who, as an id; null when nobody signed in.</summary>
    public string? Actor { get; init; }

    /// <summary>The request it happened in.</summary>
    public string? RequestId { get; init; }

    /// <summary>Why, as whoever asked has said it.</summary>
    public string? Purpose { get; init; }

    /// <summary>The groups of fields, separated by blanks.</summary>
    [GraphQLIgnore]
    public string FieldGroups { get; init; } = "";

    /// <summary>Which set of people it tells of.</summary>
    [GraphQLIgnore]
    public Guid People { get; init; }

    /// <summary>The students.</summary>
    [GraphQLIgnore]
    public Guid[] Students { get; init; } = [];

    /// <summary>Other people.</summary>
    [GraphQLIgnore]
    public Guid[] Others { get; init; } = [];

    /// <summary>What the kind needs besides, as JSON; words that may name somebody are sealed in it
    /// (<c>$e</c>).</summary>
    public string? Detail { get; init; }
}
