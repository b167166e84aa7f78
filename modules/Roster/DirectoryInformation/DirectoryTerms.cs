using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What of students may go to a party today.</summary>
/// <param name="Released">Categories, as they are stored; none when nothing may.</param>
internal sealed record DirectoryTerms(IReadOnlyList<string> Released)
{
    /// <summary>A notice is good for a school year and for the weeks until the next one's is given.</summary>
    private const int DaysOfNotice = 400;

    private const string Find =
        "select categories, notice_date, limited_to from roster.directory_information where tenant_id = $1";

    public bool Has(DirectoryCategory category) => Released.Contains(DirectoryWords.Of(category));

    /// <summary>Whether families were told in time.</summary>
    public static bool IsInForce(DateOnly noticeDate, TimeProvider time)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return noticeDate <= today && today < noticeDate.AddDays(DaysOfNotice);
    }

    /// <summary>Reads them.</summary>
    /// <param name="store">Where the district's list is.</param>
    /// <param name="district">The district.</param>
    /// <param name="party">Who asks.</param>
    /// <param name="time">Today.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<DirectoryTerms> ReadAsync(
        DocumentStore store, DistrictId district, string party, TimeProvider time, CancellationToken ct)
    {
        await using var batch = DistrictBatch.For(store, district).With(Find, district.Value);
        await using var rows = await batch.ReadAsync(ct);
        if (!await rows.ReadAsync(ct)) return new([]);

        var limitedTo = rows.GetFieldValue<string[]>(2);
        var mayGo = IsInForce(rows.GetFieldValue<DateOnly>(1), time)
            && (limitedTo.Length == 0 || limitedTo.Contains(party, StringComparer.OrdinalIgnoreCase));
        return new(mayGo ? rows.GetFieldValue<string[]>(0) : []);
    }
}
