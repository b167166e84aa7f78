using System.Text;
using K12Hub.EventStore;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Writes everything that is found as a file for a spreadsheet, line by line as the database tells
/// it.</summary>
internal static class QualityCsv
{
    private const string ByteOrderMark = "\uFEFF";

    private static readonly string List = SqlFile.Fill(
        "quality_list", ("findings", SqlFile.Fill("quality_findings")));

    /// <summary>Writes it in UTF-8 with a byte order mark, without which Excel takes Zoë for ZoÃ«.</summary>
    /// <returns>How many records it lists.</returns>
    public static async Task<int> WriteAsync(
        DocumentStore store, DistrictId district, Guid? school, Stream into, AccessNotes notes, CancellationToken ct)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false); // It would go ahead of the first record.
        // Not disposed: that would send an empty answer where the first record may not leave.
        var text = new StreamWriter(into, utf8, leaveOpen: true);
        var recorded = new RecordedText(text, notes, notes.ToViewer);
        await recorded.AddAsync(ByteOrderMark + CsvCells.Line(
            "School", "Rule", "What is wrong", "Kind", "sourcedId", "Name", "Number"), ct);
        var knowsLanguages = await RosterQuality.KnowsLanguagesAsync(store, district, ct);
        await using var batch = RosterQuality.Batch(store, district)
            .With(List, RosterQuality.Ids(school is { } id ? [id] : null), RosterQuality.Rule(null));
        await using var rows = await batch.ReadAsync(ct);
        var written = 0;
        while (await rows.ReadAsync(ct))
        {
            var rule = QualityRule.Find(rows.GetString(1))!; // The statement and the list have the same rules.
            if (rule.NeedsLanguages && !knowsLanguages) continue;

            Note(rows, notes);
            await recorded.AddAsync(CsvCells.Line(
                rows.GetString(0), rule.Name, rule.Meaning, rule.Kind, rows.GetString(3), rows.GetString(4),
                rows.GetString(5)), ct);
            written++;
        }

        await recorded.SendAsync(ct);
        return written;
    }

    private static void Note(NpgsqlDataReader row, AccessNotes notes)
    {
        if (row.IsDBNull(6)) return;
        if (row.GetBoolean(7)) notes.Student(row.GetGuid(6));
        else notes.Other(row.GetGuid(6));
    }
}
