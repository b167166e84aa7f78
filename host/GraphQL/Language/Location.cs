namespace K12Hub.GraphQL.Language;

/// <summary>Where a node stands in its source. Line and column are computed only when somebody asks.</summary>
/// <param name="Source">The text; null for a node made by a program.</param>
/// <param name="Start">Byte offset of the first byte.</param>
/// <param name="End">Byte offset after the last byte.</param>
public readonly record struct Location(Source? Source, int Start, int End)
{
    /// <summary>1-based; 0 without a source.</summary>
    public int Line => Source?.LineAndColumn(Start).Line ?? 0;

    /// <summary>1-based, in UTF-16 code units; 0 without a source.</summary>
    public int Column => Source?.LineAndColumn(Start).Column ?? 0;

    /// <summary>Whether there is a text to point into.</summary>
    public bool IsKnown => Source is not null;
}
