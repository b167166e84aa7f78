using Microsoft.AspNetCore.Http;

namespace K12Hub.District.Serving;

/// <summary>What a client asks for.</summary>
/// <param name="Collection">OneRoster's name.</param>
/// <param name="Limit">Most rows wanted.</param>
/// <param name="Offset">Rows to pass over.</param>
/// <param name="Sorted">Whether an order is asked for.</param>
/// <param name="Filter">The filter as written; null when there is none.</param>
/// <param name="Fields">Property names; null for all.</param>
internal sealed record PageRequest(
    string Collection, int Limit, int Offset, bool Sorted, string? Filter, string[]? Fields)
{
    private static readonly string[] known = ["limit", "offset", "sort", "orderBy", "filter", "fields"];

    private const int UsualLimit = 100;

    /// <summary>Reads a request, or says with which status it is refused.</summary>
    public static (PageRequest? Request, int Status) Read(HttpRequest request, string collection, Faults faults)
    {
        const int bad = StatusCodes.Status400BadRequest;
        var query = request.Query;
        if (faults.Has("strictQuery") && query.Keys.Any(key => !known.Contains(key))) return (null, bad);
        if (query.ContainsKey("orderBy") && !query.ContainsKey("sort")) return (null, bad);
        if (query.ContainsKey("sort") && faults.Number("noSort") is { } status) return (null, status);
        if (query.ContainsKey("filter") && faults.Number("noFilter") is { } refusal) return (null, refusal);
        if (query.ContainsKey("fields") && faults.Has("noFields")) return (null, bad);
        var (limit, offset) = (UsualLimit, 0);
        if (query.ContainsKey("limit") && (!int.TryParse(query["limit"], out limit) || limit < 1)) return (null, bad);
        if (query.ContainsKey("offset") && (!int.TryParse(query["offset"], out offset) || offset < 0))
            return (null, bad);

        var filter = query["filter"].ToString() is { Length: > 0 } text && !faults.Has("ignoreFilter") ? text : null;
        var fields = query["fields"].ToString() is { Length: > 0 } names ? names.Split(',') : null;
        return (new(collection, limit, offset, query.ContainsKey("sort"), filter, fields), 0);
    }
}
