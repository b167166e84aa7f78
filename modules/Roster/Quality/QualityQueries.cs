using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Execution;
using K12Hub.Hosting;

namespace K12Hub.Roster;

[QueryType]
internal static partial class QualityQueries
{
    /// <summary>How good the data of the district is, counted now. Each school has its own.</summary>
    [Authorize(Policy = RosterPermissions.ReadQuality), Cost(100)]
    public static Task<QualityReport> GetDataQualityAsync(
        RosterQuality quality, ViewerScope viewer, CancellationToken ct) =>
        quality.OfDistrictAsync(viewer.District, ct);

    /// <summary>The rules, in the order in which they are shown.</summary>
    [Authorize(Policy = RosterPermissions.ReadQuality), ListSize(AssumedSize = 20)]
    public static IReadOnlyList<QualityRule> GetQualityRules() => QualityRule.All;

    /// <summary>The records that a rule finds something wrong with, in the order of their ids; of all rules a record
    /// may come more than once.</summary>
    [UseConnection(IncludeTotalCount = false), Authorize(Policy = RosterPermissions.ReadQuality), Cost(50)]
    public static async Task<Page<QualityRecord>> GetQualityRecordsAsync(
        [GraphQLDescription("The rule's name; null for all.")] string? rule,
        [ID<SchoolRow>, GraphQLDescription("Of which school; null for all.")] Guid? schoolId,
        PagingArguments paging, DocumentStore store, ViewerScope viewer, CancellationToken ct)
    {
        if (rule is not null && QualityRule.Find(rule) is null)
        {
            throw new GraphQLException("There is no such rule. See qualityRules.", "QUALITY_RULE_UNKNOWN");
        }

        return await QualityPages.ReadAsync(store, viewer.District, rule, schoolId, paging, ct);
    }
}

internal static class QualityLoaders
{
    [DataLoader]
    public static async Task<Dictionary<Guid, QualityReport>> GetDataQualityBySchoolIdAsync(
        IReadOnlyList<Guid> ids, RosterQuality quality, ViewerScope viewer, CancellationToken ct) =>
        (await quality.OfSchoolsAsync(viewer.District, ids, ct)).ToDictionary(report => report.School!.Value);
}

internal static partial class SchoolNode
{
    /// <summary>How good the data of the school is, counted now; null for one that has ended.</summary>
    [Authorize(Policy = RosterPermissions.ReadQuality), Cost(5)]
    public static Task<QualityReport?> GetDataQualityAsync(
        [Parent(nameof(SchoolRow.Id))] SchoolRow school, IDataQualityBySchoolIdDataLoader quality,
        CancellationToken ct) => quality.LoadAsync(school.Id, ct);
}
