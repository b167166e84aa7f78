using K12Hub.Contracts;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>What one look at the staged rows found.</summary>
/// <param name="First">Findings about the first rows: as many as are kept.</param>
/// <param name="Total">How many rows there are.</param>
internal sealed record FoundRows(IReadOnlyList<RosterFinding> First, int Total)
{
    private const int LongestValue = 100;

    /// <summary>Asks for lines, values, and how many there are in all.</summary>
    /// <param name="look">The statement; it is disposed.</param>
    /// <param name="finding">Makes a finding of a line and its value.</param>
    /// <param name="ct">Stops asking.</param>
    public static async Task<FoundRows> ReadAsync(
        NpgsqlCommand look, Func<int, string?, RosterFinding> finding, CancellationToken ct)
    {
        var (first, total) = (new List<RosterFinding>(), 0L);
        await using (look)
        {
            await using var rows = await look.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                total = rows.GetInt64(2);
                first.Add(finding(rows.GetInt32(0), rows.IsDBNull(1) ? null : Cut(rows.GetString(1))));
            }
        }

        return new(first, (int)total);
    }

    /// <summary>Adds all of them; those beyond the first are only counted.</summary>
    public void AddTo(CollectedFindings findings)
    {
        foreach (var one in First) findings.Add(one);
        for (var i = First.Count; First.Count > 0 && i < Total; i++) findings.Add(First[^1]);
    }

    private static string Cut(string value) => value.Length <= LongestValue ? value : value[..LongestValue];
}
