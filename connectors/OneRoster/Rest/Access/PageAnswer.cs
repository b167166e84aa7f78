namespace K12Hub.OneRoster.Rest.Access;

/// <summary>What came of asking for a page, by what is to be done about it.</summary>
internal enum PageKind
{
    /// <summary>It was received completely.</summary>
    Rows,

    /// <summary>Ask again later.</summary>
    Wait,

    /// <summary>Ask for less.</summary>
    TooHeavy,

    /// <summary>Something in the page, or the query, makes the source fail.</summary>
    ServerError,

    /// <summary>The query is not understood.</summary>
    BadRequest,

    /// <summary>We may not read this.</summary>
    NotGranted,

    /// <summary>There is no such collection.</summary>
    NotThere,

    /// <summary>Who asks is not known.</summary>
    Unauthorized,

    /// <summary>The body was cut off or is no page: ask again.</summary>
    Broken,

    /// <summary>It must not be asked: where it is, or where it sends us.</summary>
    Forbidden,

    /// <summary>The run has asked for more than it may.</summary>
    Spent,
}

/// <summary>What came of asking for a page.</summary>
/// <param name="Kind">What is to be done about it.</param>
/// <param name="Why">For people; what comes after "The answer".</param>
internal sealed record PageAnswer(PageKind Kind, string Why = "")
{
    /// <summary>Rows received.</summary>
    public int Rows { get; init; }

    /// <summary>X-Total-Count; null when it was not sent.</summary>
    public int? Total { get; init; }

    /// <summary>The revision of the roster, where the source sends it (x-perm-rev).</summary>
    public string? Revision { get; init; }

    /// <summary>How long the source wants us to wait; null when it does not say.</summary>
    public TimeSpan? Pause { get; init; }
}

/// <summary>Which page is asked for.</summary>
/// <param name="Path">Of the collection, below the base address.</param>
/// <param name="Limit">Rows wanted.</param>
/// <param name="Offset">Rows to pass over.</param>
internal sealed record PageQuery(string Path, int Limit, int Offset)
{
    public bool Sorted { get; init; }

    /// <summary>Only what changed later than this; null for everything.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only these properties; null for all.</summary>
    public string? Fields { get; init; }

    /// <summary>The address, with everything encoded: a plus would arrive as a blank.</summary>
    public string Url(string address)
    {
        var url = FormattableString.Invariant($"{address}/{Path}?limit={Limit}&offset={Offset}");
        if (Sorted) url += "&sort=sourcedId&orderBy=asc";
        if (Since is { } since)
            url += "&filter=" + OAuth1.Encode($"dateLastModified>'{since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}'");
        if (Fields is not null) url += "&fields=" + OAuth1.Encode(Fields);

        return url;
    }
}
