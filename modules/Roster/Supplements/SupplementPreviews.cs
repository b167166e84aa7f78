using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>What a supplementary file would be read as.</summary>
/// <param name="Rows">The first rows that can be read.</param>
/// <param name="Findings">What is wrong with the header and with the rows that were looked at.</param>
internal sealed record SupplementPreview(
    IReadOnlyList<SupplementPreviewLine> Rows, IReadOnlyList<SupplementPreviewFinding> Findings);

/// <summary>A row as it would be read.</summary>
/// <param name="Line">Line of the file; the header is 1.</param>
/// <param name="SourcedId">The source's key of the person.</param>
/// <param name="GuardianSourcedId">The source's key of the guardian, in rows about both.</param>
/// <param name="Cells">What it says.</param>
internal sealed record SupplementPreviewLine(
    int Line, string SourcedId, string? GuardianSourcedId, IReadOnlyList<SupplementPreviewCell> Cells);

/// <summary>A field of a row and what it would become.</summary>
/// <param name="Field">Our name of the column.</param>
/// <param name="Value">As it would be stored; null for a cell that is empty.</param>
internal sealed record SupplementPreviewCell(string Field, string? Value);

/// <summary>Something wrong in a file.</summary>
/// <param name="Rule">Stable code.</param>
/// <param name="Message">What is wrong and what to do about it.</param>
/// <param name="Line">Line of the file; null when it concerns all of it.</param>
/// <param name="Column">The column; null when it concerns the row.</param>
/// <param name="Value">What stood there.</param>
internal sealed record SupplementPreviewFinding(
    string Rule, string Message, int? Line, string? Column, string? Value);

/// <summary>Reads the beginning of a file as an import would, and stores nothing.</summary>
internal static class SupplementPreviews
{
    /// <summary>How many rows of each kind are shown.</summary>
    private const int Shown = 20;

    public static async Task<SupplementPreview> ReadAsync(
        ISupplementReader reader, SupplementFile file, SupplementMapping mapping, CancellationToken ct)
    {
        var findings = new CollectedFindings(keep: 100);
        var opening = await reader.OpenAsync(file, mapping, findings, ct);
        foreach (var rejection in opening.Rejections) findings.Add(rejection);
        var rows = new List<SupplementPreviewLine>();
        if (opening.Source is { } source)
        {
            await using (source)
            {
                await foreach (var person in source.Supplements(ct).Take(Shown)) rows.Add(Row(person));
                await foreach (var pair in source.Guardianships(ct).Take(Shown)) rows.Add(Row(pair));
                if (source.Rejection is { } rejection) findings.Add(rejection);
            }
        }

        return new(
            [.. rows.OrderBy(row => row.Line)],
            [.. findings.Kept.Select(f => new SupplementPreviewFinding(f.Rule, f.Message, f.Line, f.Column, f.Value))]);
    }

    private static SupplementPreviewLine Row(SupplementRecord row) => new(row.Line, row.SourcedId, null, Cells(
        row.Sent,
        (nameof(row.HomeLanguage), row.HomeLanguage), (nameof(row.ContactLanguage), row.ContactLanguage),
        (nameof(row.InterpreterNeeded), Word(row.InterpreterNeeded)), (nameof(row.ExitReason), row.ExitReason),
        (nameof(row.ExitDestination), row.ExitDestination), (nameof(row.FundingCategory), row.FundingCategory),
        (nameof(row.Households), row.Households.Count == 0 ? null : string.Join(", ", row.Households))));

    private static SupplementPreviewLine Row(GuardianshipRecord row) => new(
        row.Line, row.StudentSourcedId, row.GuardianSourcedId, Cells(
            row.Sent,
            (nameof(row.Relation), row.Relation), (nameof(row.LivesWith), Word(row.LivesWith)),
            (nameof(row.MayContact), Word(row.MayContact)), (nameof(row.MayPickUp), Word(row.MayPickUp)),
            (nameof(row.MayReceiveRecords), Word(row.MayReceiveRecords)), (nameof(row.Custody), row.Custody),
            (nameof(row.ContactPriority),
                row.ContactPriority == 0 ? null : FormattableString.Invariant($"{row.ContactPriority}"))));

    private static List<SupplementPreviewCell> Cells(
        IReadOnlySet<string> sent, params (string Property, string? Value)[] cells) =>
        [.. cells.Where(cell => sent.Contains(cell.Property))
            .Select(cell => new SupplementPreviewCell(
                char.ToLowerInvariant(cell.Property[0]) + cell.Property[1..], cell.Value))];

    private static string? Word(bool? flag) => flag switch { true => "true", false => "false", _ => null };
}
