using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Execution;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.StaffDirectory;

[QueryType]
internal static partial class AreaQueries
{
    /// <summary>What the district helps with, in the order of the keys.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = DirectoryPermissions.Find)]
    public static Task<Page<AreaRow>> GetAreasAsync(
        [GraphQLDescription("True for what it helps with no longer, too.")] bool? includeRetired,
        PagingArguments paging, QueryContext<AreaRow> query, Rows db, CancellationToken ct) =>
        (includeRetired is true ? db.Of<AreaRow>() : db.Of<AreaRow>().Where(x => !x.IsRetired))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Key)))
            .ToPageAsync(paging, ct);
}

[MutationType]
internal static partial class AreaMutations
{
    /// <summary>Says in one language what the district helps with there, and in which words people ask for it. Said
    /// again, it replaces what was said in that language.</summary>
    [Authorize(Policy = DirectoryPermissions.EditAreas)]
    public static async Task<MutationResult<AreaRow>> DescribeAreaAsync(
        [GraphQLDescription("The area's own key, the same for ever: bus-passes.")] string key,
        [GraphQLDescription("en or es.")] string language,
        [GraphQLDescription("What it is called.")] string name,
        [GraphQLDescription("What it covers; null for nothing to add.")] string? description,
        [GraphQLDescription("How people ask for it, in their words.")] IReadOnlyList<string> phrases,
        AreaBook areas, ViewerScope viewer, IAreaByIdDataLoader byId, CancellationToken ct)
    {
        var (id, refusal) = await areas.DescribeAsync(
            viewer.District, key, new(language, name, description, phrases), viewer.Viewer.Id, ct);
        return refusal is null
            ? await byId.LoadAsync(id, ct)
            : new MutationError(refusal.Code, refusal.Message) { Path = refusal.Path };
    }

    /// <summary>Says that the district helps with it no longer. Describing it again brings it back.</summary>
    [Authorize(Policy = DirectoryPermissions.EditAreas)]
    public static async Task<MutationResult<AreaRow>> RetireAreaAsync(
        [ID<AreaRow>, GraphQLDescription("The area.")] Guid id,
        AreaBook areas, ViewerScope viewer, IAreaByIdDataLoader byId, CancellationToken ct)
    {
        var refusal = await areas.RetireAsync(viewer.District, id, viewer.Viewer.Id, ct);
        return refusal is null ? await byId.LoadAsync(id, ct) : new MutationError(refusal.Code, refusal.Message);
    }
}

[ObjectType<AreaRow>, Authorize(Policy = DirectoryPermissions.Find)]
internal static partial class AreaNode
{
    [NodeResolver]
    public static Task<AreaRow?> GetAreaAsync(Guid id, IAreaByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>What it says, one text per language in which somebody has described it.</summary>
    [ListSize(AssumedSize = 2)]
    public static IReadOnlyList<AreaText> Texts(
        [Parent(
            nameof(AreaRow.EnglishName), nameof(AreaRow.EnglishDescription), nameof(AreaRow.EnglishPhrases),
            nameof(AreaRow.SpanishName), nameof(AreaRow.SpanishDescription), nameof(AreaRow.SpanishPhrases))]
        AreaRow area)
    {
        var texts = new List<AreaText>(2);
        if (area.EnglishName is { } english)
            texts.Add(new(HelpLanguage.English, english, area.EnglishDescription, area.EnglishPhrases));
        if (area.SpanishName is { } spanish)
            texts.Add(new(HelpLanguage.Spanish, spanish, area.SpanishDescription, area.SpanishPhrases));
        return texts;
    }

    /// <summary>Whom one asks, the first coming first, with whoever it is on a day; empty where nobody has said. The
    /// chain of the school holds, else that of the whole district. Families are not told whom staff asks. Other days
    /// than today tell since when somebody is there, and are for those who see all assignments.</summary>
    [ListSize(AssumedSize = 10)]
    public static async Task<IReadOnlyList<AreaContact>> GetContactsAsync(
        [Parent(nameof(AreaRow.Id))] AreaRow area,
        [ID("School"), GraphQLDescription("The child's school; null leaves out whom one asks at schools.")]
        Guid? schoolId,
        [GraphQLDescription("Who asks; families where nothing is said.")] ContactAudience? audience,
        [GraphQLDescription("Who it is on this day; today where nothing is said.")] DateOnly? on,
        ContactFinder finder, ViewerScope viewer, IContactsOfAreaDataLoader contacts, CancellationToken ct)
    {
        var key = new ContactKey(area.Id, schoolId, audience ?? ContactAudience.Family, on ?? finder.Today);
        return ContactAccess.WhyNot(viewer.Viewer, key, finder.Today) is { } refusal
            ? throw new GraphQLException(refusal.Message, refusal.Code)
            : await contacts.LoadAsync(key, ct) ?? [];
    }
}

[ObjectType<AreaText>, Authorize(Policy = DirectoryPermissions.Find)]
internal static partial class AreaTextNode;

internal static class AreaLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, AreaRow>> GetAreaByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<AreaRow> query, Rows db, CancellationToken ct) =>
        db.Of<AreaRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);
}
