using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.StaffDirectory;

/// <summary>Something that the district helps with.</summary>
internal sealed record AreaRow
{
    /// <summary>Computed from the key.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>Its own key, the same for ever: <c>bus-passes</c>.</summary>
    [Filterable, Sortable]
    public string Key { get; init; } = "";

    /// <summary>Whether the district helps with it no longer.</summary>
    public bool IsRetired { get; init; }

    /// <summary>What it is called in English; null where nobody has said.</summary>
    [GraphQLIgnore]
    public string? EnglishName { get; init; }

    /// <summary>What it covers, in English.</summary>
    [GraphQLIgnore]
    public string? EnglishDescription { get; init; }

    /// <summary>How people ask for it in English.</summary>
    [GraphQLIgnore]
    public string[] EnglishPhrases { get; init; } = [];

    /// <summary>What it is called in Spanish; null where nobody has said.</summary>
    [GraphQLIgnore]
    public string? SpanishName { get; init; }

    /// <summary>What it covers, in Spanish.</summary>
    [GraphQLIgnore]
    public string? SpanishDescription { get; init; }

    /// <summary>How people ask for it in Spanish.</summary>
    [GraphQLIgnore]
    public string[] SpanishPhrases { get; init; } = [];
}

internal sealed class AreaList : SingleStreamProjection<Area, AreaRow>
{
    public override AreaRow? Row(Area aggregate)
    {
        if (aggregate.Key is not { } key) return null;

        var (english, spanish) = (Text(aggregate, HelpLanguage.English), Text(aggregate, HelpLanguage.Spanish));
        return new()
        {
            Id = aggregate.Id,
            Key = key,
            IsRetired = aggregate.IsRetired,
            EnglishName = english?.Name,
            EnglishDescription = english?.Description,
            EnglishPhrases = [.. english?.Phrases ?? []],
            SpanishName = spanish?.Name,
            SpanishDescription = spanish?.Description,
            SpanishPhrases = [.. spanish?.Phrases ?? []],
        };
    }

    private static AreaText? Text(Area area, string language) =>
        area.Texts.FirstOrDefault(text => text.Language == language);
}
