using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;

namespace K12Hub.Roster;

[QueryType]
internal static partial class MovementQueries
{
    /// <summary>Students who came, went and changed schools, the latest first.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.Read)]
    public static Task<Page<MovementRow>> GetMovementsAsync(
        [GraphQLDescription("True for who was there when the first roster of the source was read, too.")]
        bool? includeBaseline,
        [GraphQLDescription(Movements.IncludeCorrected)] bool? includeCorrected,
        PagingArguments paging, QueryContext<MovementRow> query, Rows db, CancellationToken ct)
    {
        var rows = db.Of<MovementRow>().InForce(includeCorrected);
        return (includeBaseline is true ? rows : rows.Where(x => !x.IsBaseline))
            .With(query, sort => sort.IfEmpty(o => o.AddDescending(x => x.MovedOn)))
            .ToPageAsync(paging, ct);
    }

    /// <summary>How many movements of each kind there were in the district, without who was there when the first
    /// roster was read. A transfer counts once.</summary>
    [Authorize(Policy = RosterPermissions.ReadFigures), ListSize(AssumedSize = 7)]
    public static Task<IReadOnlyList<MovementCount>> GetMovementCountsAsync(
        [GraphQLDescription("The first day.")] DateOnly from,
        [GraphQLDescription("The day after the last day.")] DateOnly until,
        Rows db, CancellationToken ct) =>
        MovementCounts.OfDistrictAsync(db, from, until, ct);
}

/// <summary>What all lists of movements have in common.</summary>
internal static class Movements
{
    /// <summary>Describes the argument of every list that asks for what was put right, too.</summary>
    public const string IncludeCorrected = "True for what was put right later, too.";

    /// <summary>What is right; what was put right too when somebody asks for it.</summary>
    public static IQueryable<MovementRow> InForce(this IQueryable<MovementRow> rows, bool? includeCorrected) =>
        includeCorrected is true ? rows : rows.Where(x => x.IsCurrent);
}
