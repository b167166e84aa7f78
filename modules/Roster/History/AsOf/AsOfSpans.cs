using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

/// <summary>The lines of the history that held at a position.</summary>
internal static class AsOfSpans
{
    /// <summary>Student, guardian, parent and relative are what staff is not.</summary>
    public static readonly string[] NotStaff = ["student", "guardian", "parent", "relative"];

    private static readonly SortDefinition<SpanRow> ByRecord =
        new SortDefinition<SpanRow>().AddAscending(x => x.RecordId);

    /// <summary>What of a kind held.</summary>
    public static IQueryable<SpanRow> At(this Rows db, string kind, long position) => db.Of<SpanRow>()
        .Where(x => x.Kind == kind && x.FromPosition <= position && x.UntilPosition > position);

    /// <summary>A page in the order of ids.</summary>
    public static SortedQuery<SpanRow> Paged(this IQueryable<SpanRow> rows) =>
        rows.With(null, _ => ByRecord);

    /// <summary>Does for each position what is asked for there: mostly for one.</summary>
    public static async Task<Dictionary<Then, T>> ByPositionAsync<T>(
        IReadOnlyList<Then> keys, Func<Guid[], long, Task<Dictionary<Guid, T>>> find)
    {
        var all = new Dictionary<Then, T>();
        foreach (var some in keys.GroupBy(key => key.Position))
        {
            var found = await find([.. some.Select(key => key.Id)], some.Key);
            foreach (var (id, one) in found) all.Add(new(id, some.Key), one);
        }

        return all;
    }

    /// <summary>The role as it was.</summary>
    public static RoleAsOf Role(SpanRow line, long position) => new()
    {
        Role = line.Role ?? "", IsPrimary = line.IsPrimary is true, BeginDate = line.BeginDate, EndDate = line.EndDate,
        Organization = new(line.PlaceId!.Value, position),
    };

    /// <summary>The part in a class as it was.</summary>
    public static EnrollmentAsOf Enrollment(SpanRow line, long position) => new()
    {
        EnrollmentId = line.RecordId, Role = line.Role ?? "", IsPrimary = line.IsPrimary, BeginDate = line.BeginDate,
        EndDate = line.EndDate, Class = new(line.ClassId!.Value, position),
        Person = new(line.PersonId!.Value, position),
    };

    /// <summary>How many there are in each place.</summary>
    public static Task<Dictionary<Guid, int>> CountAsync(
        IQueryable<SpanRow> lines, Guid[] places, CancellationToken ct) => lines
        .Where(x => places.Contains(x.PlaceId!.Value))
        .GroupBy(x => x.PlaceId!.Value)
        .Select(x => new { x.Key, Count = x.Select(line => line.PersonId ?? line.RecordId).Distinct().Count() })
        .ToDictionaryAsync(x => x.Key, x => x.Count, ct);
}
