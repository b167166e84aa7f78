using System.Text.Unicode;
using CsvHelper;
using K12Hub.Contracts;
using K12Hub.OneRoster.Package;

namespace K12Hub.OneRoster.Csv;

/// <summary>One file of a package, read row by row. Rows that cannot be taken apart safely are told and passed
/// over; a defect that spoils the whole package ends the reading with <see cref="RefusedException"/>.</summary>
internal sealed class CsvTable : IAsyncDisposable
{
    /// <summary>How often cancellation is looked at, in rows.</summary>
    private const int RowsPerLook = 1_024;

    private readonly int maxRowBytes;
    private readonly string file;
    private readonly IRosterFindings findings;
    private readonly Header header;
    private readonly Utf8Stream text;
    private readonly CsvReader reader;
    private CsvMalformedReason? malformed;
    private bool lastRowShort;
    private int lastLine;

    public CsvTable(PackageFile source, FileColumns columns, Header header, OneRosterSettings settings,
        IRosterFindings findings, Action<int> onRead)
    {
        (this.header, this.findings) = (header, findings);
        maxRowBytes = settings.MaxRowBytes;
        file = columns.FileName;
        text = new Utf8Stream(source.Open(onRead));
        reader = CsvReader.Create(text, Options(settings, m => malformed = m.Reason));
        Row = new Row(new CsvCells(reader, header), file, columns, findings);
    }

    /// <summary>The row it stands on.</summary>
    public Row Row { get; }

    /// <summary>Rows read, good or not.</summary>
    public long Read { get; private set; }

    /// <summary>Rows passed over or rejected.</summary>
    public long Rejected { get; private set; }

    /// <summary>Reads the names in the header line; empty when there is none.</summary>
    public static async ValueTask<IReadOnlyList<string>> HeaderOf(
        PackageFile source, OneRosterSettings settings, CancellationToken ct)
    {
        await using var text = new Utf8Stream(source.Open(_ => { }));
        await using var reader = CsvReader.Create(text, Options(settings, _ => { }), leaveOpen: true);
        await reader.ReadHeaderAsync(ct);

        return reader.Headers;
    }

    public static CsvReaderOptions Options(OneRosterSettings settings, Action<CsvMalformedRecord> onMalformed) => new()
    {
        Separator = ',',
        TrimWhitespace = true,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
        MaxRecordSize = settings.MaxRowBytes,
        BufferSize = 65_536,
        OnMalformedRecord = onMalformed,
    };

    /// <summary>Moves to the next row that can be taken apart; false at the end.</summary>
    /// <exception cref="RefusedException">The whole package is spoiled.</exception>
    public async ValueTask<bool> NextAsync(CancellationToken ct)
    {
        while (await MoveAsync(ct))
        {
            Read++;
            lastLine = Row.Line;
            lastRowShort = false;
            Row.Begin();
            if (IsWhole()) return true;
            Rejected++;
        }

        VerifyEnd();
        return false;
    }

    public static RefusedException TooLong(string file, int line, int maxRowBytes) =>
        new(OneRosterRules.RowTooLong.Broken(
            $"A row is longer than {maxRowBytes} bytes. Look for a quote that is not closed.", file, line));

    /// <summary>Counts the row it stands on as rejected.</summary>
    public void Reject() => Rejected++;

    public ValueTask DisposeAsync() => reader.DisposeAsync();

    private ValueTask<bool> MoveAsync(CancellationToken ct)
    {
        if (Read % RowsPerLook == 0) ct.ThrowIfCancellationRequested();
        malformed = null;

        return reader.ReadAsync(ct);
    }

    private bool IsWhole()
    {
        if (reader.RawRecord.Length > maxRowBytes) throw TooLong(file, lastLine, maxRowBytes);
        if (malformed is CsvMalformedReason.UnterminatedQuote) throw CutOff();
        if (malformed is CsvMalformedReason.TextAfterClosingQuote) return Refuse(OneRosterRules.RowQuotes,
            "Text follows a closing quote. Double the quotes within a text: \"Ann \"\"Annie\"\" Lee\".");

        return HasItsCells() && IsUtf8();
    }

    /// <remarks>A cell too many is not forgiven even when the last one is empty: a comma in a name that is not quoted
    /// shifts all cells behind it, and a password could come to stand where a name is read.</remarks>
    private bool HasItsCells()
    {
        var cells = reader.FieldCount;
        if (cells == header.Width) return true;
        if (cells > header.Cells || Enumerable.Range(header.Width, Math.Max(0, cells - header.Width)).Any(IsFilled))
        {
            return Refuse(OneRosterRules.RowLong,
                $"The row has {cells} cells, the header {header.Cells}. Quote texts with commas.");
        }

        if (cells > header.Width) return true;
        if (cells > header.LastRead)
        {
            Row.Warn(OneRosterRules.RowPadded, "The row is short, but nothing that is read is missing.");
            return true;
        }

        lastRowShort = true;
        return Refuse(OneRosterRules.RowShort,
            $"The row has {cells} cells, the header {header.Width}. Export the row again.");
    }

    private bool IsFilled(int cell) => !reader.IsEmpty(cell);

    private bool IsUtf8()
    {
        if (Utf8.IsValid(reader.RawRecord) || Row.FirstInvalid() is not { } column) return true;
        Row.Reject(OneRosterRules.EncodingInvalid,
            $"{column.Name} is not in the encoding of the rest of the file. Export all files as UTF-8.", column);

        return false;
    }

    /// <summary>Rejects the row, or the whole package when the row runs over several lines: then it has swallowed
    /// rows, and nobody can say which.</summary>
    private bool Refuse(OneRosterRule rule, string message)
    {
        if (reader.RawRecord.IndexOfAny((byte)'\r', (byte)'\n') >= 0)
        {
            throw new RefusedException(OneRosterRules.RowSwallowing.Broken(
                "A quote that begins here is not closed on its line, and so the rows below are lost. Correct the line.",
                file, Row.Line));
        }

        Row.Reject(rule, message);
        return false;
    }

    private void VerifyEnd()
    {
        if (lastRowShort && !text.AtLineEnd) throw CutOff();
        if (text.Encoding is TextEncoding.Utf16 or TextEncoding.Windows1252)
        {
            var name = text.Encoding == TextEncoding.Utf16 ? "UTF-16" : "Windows-1252";
            findings.Add(OneRosterRules.EncodingConverted.Broken(
                $"{file} is in {name}. It was read; export it as UTF-8 to be sure of every letter.", file));
        }
    }

    private RefusedException CutOff() => new(OneRosterRules.FileCutOff.Broken(
        $"{file} ends in the middle of a row. Export the package again and send the new one.", file, lastLine));
}
