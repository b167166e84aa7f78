using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class OverrideQueries
{
    /// <summary>Fields of which the district says otherwise than the source, the latest first.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.Read)]
    public static Task<Page<OverrideRow>> GetOverridesAsync(
        [GraphQLDescription("True for what has ended, too.")] bool? includeEnded,
        PagingArguments paging, QueryContext<OverrideRow> query, Rows db, CancellationToken ct) =>
        (includeEnded is true ? db.Of<OverrideRow>() : db.Of<OverrideRow>().Where(x => x.EndedAt == null))
            .With(query, sort => sort.IfEmpty(o => o.AddDescending(x => x.OverriddenAt)))
            .ToPageAsync(paging, ct);
}

[ObjectType<OverrideRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class OverrideNode
{
    private static readonly string[] Contact =
    [
        OverriddenColumns.NameOf(OverridableField.Email), OverriddenColumns.NameOf(OverridableField.Phone),
        OverriddenColumns.NameOf(OverridableField.Sms),
    ];

    [NodeResolver]
    public static Task<OverrideRow?> GetOverrideAsync(Guid id, IOverrideByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>The person.</summary>
    [BindMember(nameof(OverrideRow.PersonId))]
    public static Task<PersonRow?> GetPersonAsync(
        [Parent(nameof(OverrideRow.PersonId))] OverrideRow said,
        QueryContext<PersonRow> query, IPersonByIdDataLoader people, CancellationToken ct) =>
        people.With(query).LoadAsync(said.PersonId, ct);

    /// <summary>What the district says; null when there is none. Of a school its id. Of an address or number null also
    /// for who may not see those of all people whose overrides she sees.</summary>
    [BindMember(nameof(OverrideRow.Value))]
    public static string? Value(
        [Parent(nameof(OverrideRow.Value), nameof(OverrideRow.Field))] OverrideRow said, ViewerScope viewer) =>
        IsShown(said, viewer) ? said.Value : null;

    /// <summary>What the source says, kept apart while it is in force; shown to whom the value is.</summary>
    [BindMember(nameof(OverrideRow.SourceValue))]
    public static string? SourceValue(
        [Parent(nameof(OverrideRow.SourceValue), nameof(OverrideRow.Field))] OverrideRow said, ViewerScope viewer) =>
        IsShown(said, viewer) ? said.SourceValue : null;

    /// <summary>Whether the source has come to say the same: then it can be ended.</summary>
    public static bool IsSettled(
        [Parent(nameof(OverrideRow.Value), nameof(OverrideRow.SourceValue))] OverrideRow said) =>
        said.Value is not null && said.Value == said.SourceValue;

    private static bool IsShown(OverrideRow said, ViewerScope viewer) => !Contact.Contains(said.Field)
        || viewer.Viewer.ReachOf(RosterPermissions.ReadContact).Covers(viewer.Viewer.ReachOf(RosterPermissions.Read));
}

internal static class OverrideLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, OverrideRow>> GetOverrideByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<OverrideRow> query, Rows db, CancellationToken ct) =>
        db.Of<OverrideRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);

    [DataLoader]
    public static async Task<ILookup<Guid, OverrideRow>> GetOverridesByPersonIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct)
    {
        var said = await db.Of<OverrideRow>().Where(x => x.EndedAt == null && ids.Contains(x.PersonId))
            .OrderBy(x => x.Field).ToListAsync(ct);
        return said.ToLookup(one => one.PersonId);
    }

    /// <summary>What the district says of a field; null when it says nothing.</summary>
    public static async Task<OverrideRow?> OfAsync(
        this IOverridesByPersonIdDataLoader overrides, Guid person, OverridableField field, CancellationToken ct) =>
        (await overrides.LoadAsync(person, ct) ?? [])
            .FirstOrDefault(one => one.Field == OverriddenColumns.NameOf(field));
}
