using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.StaffDirectory;

/// <summary>Something that people are in the district, whoever it is at the moment.</summary>
internal sealed record PositionRow
{
    /// <summary>Computed from the key.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>Its own key, the same for ever: <c>bus-dispatcher</c>.</summary>
    [Filterable, Sortable]
    public string Key { get; init; } = "";

    /// <summary>Whether the district has it no longer.</summary>
    public bool IsRetired { get; init; }

    /// <summary>What it is called in English; null where nobody has said.</summary>
    [GraphQLIgnore]
    public string? EnglishTitle { get; init; }

    /// <summary>What it is called in Spanish; null where nobody has said.</summary>
    [GraphQLIgnore]
    public string? SpanishTitle { get; init; }

    /// <summary>What it is called in a language, or in the other one where nobody has said.</summary>
    public string TitleIn(string? language) =>
        (language == HelpLanguage.Spanish ? SpanishTitle ?? EnglishTitle : EnglishTitle ?? SpanishTitle) ?? Key;
}

internal sealed class PositionList : SingleStreamProjection<Position, PositionRow>
{
    public override PositionRow? Row(Position aggregate) => aggregate.Key is not { } key ? null : new()
    {
        Id = aggregate.Id,
        Key = key,
        IsRetired = aggregate.IsRetired,
        EnglishTitle = Title(aggregate, HelpLanguage.English),
        SpanishTitle = Title(aggregate, HelpLanguage.Spanish),
    };

    private static string? Title(Position position, string language) =>
        position.Titles.FirstOrDefault(title => title.Language == language)?.Text;
}
