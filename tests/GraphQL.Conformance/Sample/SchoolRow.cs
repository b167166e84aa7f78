using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Subscriptions;

namespace K12Hub.GraphQL.Conformance.Sample;

/// <summary>A school of the district.</summary>
internal sealed record SchoolRow
{
    /// <summary>Never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>The name over the door.</summary>
    [Filterable, Sortable]
    public string Name { get; init; } = "";
}

[ObjectType<SchoolRow>, AllowAnonymous]
internal static partial class SchoolNode
{
    [NodeResolver]
    public static Task<SchoolRow?> GetSchoolAsync(Guid id, ISchoolByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);
}

[QueryType]
internal static partial class SchoolQueries
{
    /// <summary>Schools of the district, by name.</summary>
    [UseConnection, UseFiltering, UseSorting, AllowAnonymous]
    public static Task<Page<SchoolRow>> GetSchoolsAsync(
        PagingArguments paging, QueryContext<SchoolRow> query, District district, CancellationToken ct) =>
        district.Schools.With(query, sort => sort.IfEmpty(o => o.AddAscending(s => s.Name))).ToPageAsync(paging, ct);
}

[MutationType]
internal static partial class SchoolMutations
{
    /// <summary>Gives a school another name.</summary>
    [AllowAnonymous]
    public static async Task<MutationResult<SchoolRow>> RenameSchoolAsync(
        [ID<SchoolRow>, GraphQLDescription("The school.")] Guid schoolId,
        [GraphQLDescription("What is to stand over the door.")] string name,
        District district, ITopicEventSender events, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return new MutationError("school.name_missing", "Give the school a name.") { Path = ["name"] };
        }

        if (district.Rename(schoolId, name) is not { } renamed)
        {
            return new MutationError("school.unknown", "There is no such school.") { Path = ["schoolId"] };
        }

        await events.SendAsync(SchoolSubscriptions.Renamed, renamed, ct);
        return renamed;
    }
}

internal static class SchoolLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, SchoolRow>> GetSchoolByIdAsync(
        IReadOnlyList<Guid> ids, District district, CancellationToken ct) =>
        Task.FromResult(district.Schools.Where(s => ids.Contains(s.Id)).ToDictionary(s => s.Id));
}
