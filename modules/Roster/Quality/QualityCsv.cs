using System.Text;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>Writes everything that is found as a file for a spreadsheet, line by line as the database tells
/// it.</summary>
internal static class QualityCsv
{
    private const int FlushAfterChars = 32_000;

    private static readonly string List = SqlFile.Fill(
        "quality_list", ("findings", SqlFile.Fill("quality_findings")));

    /// <summary>Writes it in UTF-8 with a byte order mark, without which Excel takes Zoë for ZoÃ«.</summary>
    /// <returns>How many records it lists.</returns>
    public static async Task<int> WriteAsync(
        DocumentStore store, DistrictId district, Guid? school, Stream into, CancellationToken ct)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);
        await using var text = new StreamWriter(into, utf8, bufferSize: FlushAfterChars, leaveOpen: true);
        await text.WriteAsync(CsvCells.Line(
            "School", "Rule", "What is wrong", "Kind", "sourcedId", "Name", "Number").AsMemory(), ct);
        var knowsLanguages = await RosterQuality.KnowsLanguagesAsync(store, district, ct);
        await using var batch = RosterQuality.Batch(store, district)
            .With(List, RosterQuality.Ids(school is { } id ? [id] : null), RosterQuality.Rule(null));
        await using var rows = await batch.ReadAsync(ct);
        var written = 0;
        while (await rows.ReadAsync(ct))
        {
            var rule = QualityRule.Find(rows.GetString(1))!; // The statement and the list have the same rules.
            if (rule.NeedsLanguages && !knowsLanguages) continue;

            await text.WriteAsync(CsvCells.Line(
                rows.GetString(0), rule.Name, rule.Meaning, rule.Kind, rows.GetString(3), rows.GetString(4),
                rows.GetString(5)).AsMemory(), ct);
            written++;
        }

        await text.FlushAsync(ct);
        return written;
    }
}
