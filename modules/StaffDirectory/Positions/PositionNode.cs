using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.StaffDirectory;

[QueryType]
internal static partial class PositionQueries
{
    /// <summary>What people are in the district, in the order of the keys.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = DirectoryPermissions.Find)]
    public static Task<Page<PositionRow>> GetPositionsAsync(
        [GraphQLDescription("True for what it has no longer, too.")] bool? includeRetired,
        PagingArguments paging, QueryContext<PositionRow> query, Rows db, CancellationToken ct) =>
        (includeRetired is true ? db.Of<PositionRow>() : db.Of<PositionRow>().Where(x => !x.IsRetired))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Key)))
            .ToPageAsync(paging, ct);
}

[MutationType]
internal static partial class PositionMutations
{
    /// <summary>Says in one language what a position is called. Said again, it replaces what was said in that
    /// language.</summary>
    [Authorize(Policy = DirectoryPermissions.EditPositions)]
    public static async Task<MutationResult<PositionRow>> DescribePositionAsync(
        [GraphQLDescription("The position's own key, the same for ever: bus-dispatcher.")] string key,
        [GraphQLDescription("en or es.")] string language,
        [GraphQLDescription("What it is called.")] string title,
        PositionBook positions, ViewerScope viewer, IPositionByIdDataLoader byId, CancellationToken ct)
    {
        var (id, refusal) = await positions.DescribeAsync(
            viewer.District, key, new(language, title), viewer.Viewer.Id, ct);
        return refusal is null
            ? await byId.LoadAsync(id, ct)
            : new MutationError(refusal.Code, refusal.Message) { Path = refusal.Path };
    }

    /// <summary>Says that the district has it no longer: nobody is assigned to it any more. Who was stays in the
    /// history. Describing it again brings it back.</summary>
    [Authorize(Policy = DirectoryPermissions.EditPositions)]
    public static async Task<MutationResult<PositionRow>> RetirePositionAsync(
        [ID<PositionRow>, GraphQLDescription("The position.")] Guid id,
        PositionBook positions, ViewerScope viewer, IPositionByIdDataLoader byId, CancellationToken ct)
    {
        var refusal = await positions.RetireAsync(viewer.District, id, viewer.Viewer.Id, ct);
        return refusal is null ? await byId.LoadAsync(id, ct) : new MutationError(refusal.Code, refusal.Message);
    }
}

[ObjectType<PositionRow>, Authorize(Policy = DirectoryPermissions.Find)]
internal static partial class PositionNode
{
    [NodeResolver]
    public static Task<PositionRow?> GetPositionAsync(Guid id, IPositionByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>What it is called, once per language in which somebody has said.</summary>
    [ListSize(AssumedSize = 2)]
    public static IReadOnlyList<PositionTitle> Titles(
        [Parent(nameof(PositionRow.EnglishTitle), nameof(PositionRow.SpanishTitle))] PositionRow position)
    {
        var titles = new List<PositionTitle>(2);
        if (position.EnglishTitle is { } english) titles.Add(new(HelpLanguage.English, english));
        if (position.SpanishTitle is { } spanish) titles.Add(new(HelpLanguage.Spanish, spanish));
        return titles;
    }
}

[ObjectType<PositionTitle>, Authorize(Policy = DirectoryPermissions.Find)]
internal static partial class PositionTitleNode;

internal static class PositionLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, PositionRow>> GetPositionByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<PositionRow> query, Rows db, CancellationToken ct) =>
        db.Of<PositionRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);
}
