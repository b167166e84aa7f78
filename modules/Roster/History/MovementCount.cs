using K12Hub.GraphQL;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

/// <summary>How many students a kind of movement brought and took.</summary>
internal sealed record MovementCount
{
    /// <summary>The kind, as movements have it.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Students who came.</summary>
    public int Arrivals { get; init; }

    /// <summary>Students who went.</summary>
    public int Departures { get; init; }
}

/// <summary>A movement that counts, without the student: what figures are made of.</summary>
internal sealed record MovementFigureRow
{
    public Guid Id { get; init; }

    public string Kind { get; init; } = "";

    public DateOnly MovedOn { get; init; }

    public Guid? FromSchoolId { get; init; }

    public Guid? ToSchoolId { get; init; }
}

/// <summary>The first day of a range, and the day after its last.</summary>
internal sealed record MovementRange(DateOnly From, DateOnly Until);

/// <summary>Counts movements in the database.</summary>
internal static class MovementCounts
{
    public static async Task<IReadOnlyList<MovementCount>> OfDistrictAsync(
        Rows db, DateOnly from, DateOnly until, CancellationToken ct)
    {
        var kinds = await Between(db, new(from, until)).GroupBy(x => x.Kind)
            .Select(kind => new
            {
                Kind = kind.Key,
                Arrivals = kind.Count(x => x.ToSchoolId != null),
                Departures = kind.Count(x => x.FromSchoolId != null),
            })
            .ToListAsync(ct);
        return [.. kinds.OrderBy(x => x.Kind, StringComparer.Ordinal).Select(x => new MovementCount
        {
            Kind = x.Kind, Arrivals = x.Arrivals, Departures = x.Departures,
        })];
    }

    public static async Task<Dictionary<Guid, MovementCount[]>> OfSchoolsAsync(
        Rows db, IReadOnlyList<Guid> schools, MovementRange range, CancellationToken ct)
    {
        var came = await Between(db, range).Where(x => schools.Contains(x.ToSchoolId!.Value))
            .GroupBy(x => new { School = x.ToSchoolId!.Value, x.Kind })
            .Select(x => new { x.Key.School, x.Key.Kind, Count = x.Count() }).ToListAsync(ct);
        var went = await Between(db, range).Where(x => schools.Contains(x.FromSchoolId!.Value))
            .GroupBy(x => new { School = x.FromSchoolId!.Value, x.Kind })
            .Select(x => new { x.Key.School, x.Key.Kind, Count = x.Count() }).ToListAsync(ct);
        return came.Select(x => (x.School, x.Kind, Came: x.Count, Went: 0))
            .Concat(went.Select(x => (x.School, x.Kind, Came: 0, Went: x.Count)))
            .GroupBy(x => x.School)
            .ToDictionary(school => school.Key, school => school
                .GroupBy(x => x.Kind)
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => new MovementCount
                {
                    Kind = kind.Key, Arrivals = kind.Sum(x => x.Came), Departures = kind.Sum(x => x.Went),
                })
                .ToArray());
    }

    private static IQueryable<MovementFigureRow> Between(Rows db, MovementRange range) => db.Of<MovementFigureRow>()
        .Where(x => x.MovedOn >= range.From && x.MovedOn < range.Until);
}

[ObjectType<MovementCount>, Authorize(Policy = RosterPermissions.ReadFigures)]
internal static partial class MovementCountNode;
