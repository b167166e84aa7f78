using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Execution;
using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>What somebody may be looking for, and why we think so.</summary>
/// <param name="AreaId">The area.</param>
/// <param name="Language">In which language the question was understood: en or es.</param>
/// <param name="Words">The words of the area that the question has, slips put right.</param>
internal sealed record HelpAnswer(Guid AreaId, string Language, IReadOnlyList<string> Words);

[QueryType]
internal static partial class HelpQueries
{
    private const int MostAnswers = 5;

    /// <summary>Where one asks for something, found by what people write in their own words, the most likely first.
    /// Empty where nobody is there for it: then the front office is the place.</summary>
    [Authorize(Policy = DirectoryPermissions.Find), ListSize(AssumedSize = MostAnswers), Cost(20)]
    public static async Task<IReadOnlyList<HelpAnswer>> FindHelpAsync(
        [GraphQLDescription("What somebody asks, in everyday words; at most 500 characters.")] string text,
        [GraphQLDescription("en or es; null for whichever it is.")] string? language,
        HelpSearch search, ViewerScope viewer, CancellationToken ct)
    {
        if (text.Length > HelpSearch.Longest)
            throw new GraphQLException("A question has at most 500 characters.", "HELP_TEXT_TOO_LONG");
        if (language is not null && !HelpLanguage.IsKnown(language))
            throw new GraphQLException("There is help in English and Spanish: en or es.", "HELP_LANGUAGE_UNKNOWN");

        var found = await search.FindAsync(viewer.District, text, language, ct);
        return [.. found.Take(MostAnswers).Select(one => new HelpAnswer(one.Area, one.Language, one.Words))];
    }
}

[ObjectType<HelpAnswer>, Authorize(Policy = DirectoryPermissions.Find)]
internal static partial class HelpAnswerNode
{
    /// <summary>What the district helps with there.</summary>
    [BindMember(nameof(HelpAnswer.AreaId))]
    public static Task<AreaRow?> GetAreaAsync(
        [Parent(nameof(HelpAnswer.AreaId))] HelpAnswer answer, QueryContext<AreaRow> query, IAreaByIdDataLoader areas,
        CancellationToken ct) =>
        areas.With(query).LoadAsync(answer.AreaId, ct);
}
