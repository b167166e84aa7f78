using System.Text;
using System.Text.Unicode;
using K12Hub.Contracts;

namespace K12Hub.OneRoster.Csv;

/// <summary>Where the cells of a row come from.</summary>
internal interface IRowCells
{
    /// <summary>One-based line or place the row begins on.</summary>
    int Line { get; }

    /// <summary>The place of a column among the cells; -1 when it is nowhere sent.</summary>
    int PositionOf(Column column);

    /// <summary>A cell as sent; empty when there is none.</summary>
    ReadOnlySpan<byte> Cell(Column column);

    /// <summary>Whether a cell was sent as a list, of parts with <see cref="Row.PartSeparator"/> between
    /// them.</summary>
    bool IsList(Column column);
}

/// <summary>The row a table stands on, cell by cell. A cell that breaks a rule is told at once; one that must not be
/// wrong also rejects the row, and reading goes on so that all its defects are told together.</summary>
/// <param name="cells">Where its cells come from.</param>
/// <param name="file">The file or endpoint as findings name it.</param>
/// <param name="columns">The columns it may have.</param>
/// <param name="findings">Where defects are told.</param>
internal sealed class Row(IRowCells cells, string file, FileColumns columns, IRosterFindings findings)
{
    /// <summary>Stands between the parts of a list that was sent as one.</summary>
    public const char PartSeparator = '\u001F';

    /// <summary>Stands between the fields of such a part.</summary>
    public const char FieldSeparator = '\u001E';

    /// <summary>Longest sourcedId, in characters; the standard's own limit.</summary>
    private const int LongestId = 255;

    /// <summary>Longest text, in characters. Longer ones are no names and no titles, and no index takes them.</summary>
    private const int LongestText = 500;

    private readonly TextPool pool = new();
    private readonly Lists lists = new();
    private readonly Moments moments = new();

    /// <summary>One-based line the row begins on.</summary>
    public int Line => cells.Line;

    /// <summary>Whether a defect spoiled the row.</summary>
    public bool Rejected { get; private set; }

    public void Begin() => Rejected = false;

    /// <summary>A cell that must be filled.</summary>
    public string Required(Column column)
    {
        if (Text(column) is { } text) return text;
        Reject(OneRosterRules.CellMissing, $"{column.Name} is empty. Fill it in the sending system.", column);

        return "";
    }

    /// <summary>The row's own key, which must be there and comes once.</summary>
    public string OwnId(Column column)
    {
        var bytes = Bytes(column);

        return bytes.Length is > 0 and <= LongestId && IsPlain(bytes)
            ? Encoding.ASCII.GetString(bytes)
            : RequiredId(column);
    }

    /// <summary>A key that must be there.</summary>
    public string RequiredId(Column column) => Id(column) ?? Required(column);

    /// <summary>A key; null when the cell is empty.</summary>
    public string? Id(Column column)
    {
        var id = Text(column);
        if (id?.Length > LongestId)
            Reject(OneRosterRules.CellTooLong, $"{column.Name} has more than {LongestId} characters.", column);

        return id;
    }

    /// <summary>A text, cleaned; null when the cell is empty or the column is not there.</summary>
    public string? Text(Column column)
    {
        var bytes = Bytes(column);
        if (bytes.IsEmpty) return null;
        if (IsPlain(bytes)) return bytes.Length <= LongestText ? pool.Get(bytes) : TooLong(column);

        var text = TextCleaning.Clean(Encoding.UTF8.GetString(bytes));
        if (text.Length > LongestText) return TooLong(column);
        if (text.Contains('\uFFFD'))
            Warn(OneRosterRules.TextDamaged, $"{column.Name} has lost letters. Correct it at the source.", column);

        return text.Length == 0 ? null : text;
    }

    /// <summary>A key that the standard requires and many leave out: null with a warning.</summary>
    public string? Awaited(Column column)
    {
        var id = Id(column);
        if (id is null) LeftOut(column);

        return id;
    }

    /// <summary>Whether the file has the column.</summary>
    public bool Has(Column column) => cells.PositionOf(column) >= 0;

    /// <summary>Tells that a cell is empty that the standard requires; of a column that is not there at all, the
    /// header has told already.</summary>
    public void LeftOut(Column column)
    {
        if (!Has(column)) return;
        Warn(OneRosterRules.CellLeftOut, $"{column.Name} is empty; the row is read without it.", column);
    }

    /// <summary>Several values in one cell; empty when the cell is.</summary>
    public IReadOnlyList<string> List(Column column, ListForm form)
    {
        if (!TryParts(column, form, out var parts))
        {
            var text = LongText(column);
            if (text is null) return [];
            parts = lists.Parts(text, form);
        }

        if (parts.Any(p => p.Length > LongestId))
            Reject(OneRosterRules.CellTooLong, $"{column.Name} has a part over {LongestId} characters.", column);

        return parts;
    }

    /// <summary>The parts of a cell that was sent as a list.</summary>
    /// <returns>False when it was not.</returns>
    public bool TryParts(Column column, ListForm form, out string[] parts)
    {
        parts = [];
        if (!cells.IsList(column)) return false;
        var bytes = Bytes(column);
        if (!bytes.IsEmpty) parts = form is ListForm.Keys ? SentKeys(bytes) : lists.SentParts(TextOf(bytes), form);

        return true;
    }

    /// <summary>The fields of a part, kept for the parts that come again and again.</summary>
    public string[] Fields(string part) => lists.Fields(part);

    /// <summary>A text of any length, as lists have.</summary>
    public string? LongText(Column column)
    {
        var bytes = Bytes(column);
        if (bytes.IsEmpty) return null;

        return TextCleaning.Clean(TextOf(bytes)) is { Length: > 0 } cleaned ? cleaned : null;
    }

    /// <summary>A word out of a list, spelled as the standard does; null when the cell is empty. An unknown word
    /// rejects the row.</summary>
    public string? Word(Column column, Vocabulary words)
    {
        var text = Text(column);
        if (text is null) return null;
        if (words.Find(text) is { } known) return known;
        Reject(OneRosterRules.ValueUnknown, $"{column.Name} is none of {words}.", column);

        return null;
    }

    /// <summary>A word out of a list that must be there.</summary>
    public string RequiredWord(Column column, Vocabulary words) =>
        Text(column) is null ? Required(column) : Word(column, words) ?? "";

    /// <summary>A word of less weight: an unknown one is told and replaced.</summary>
    public string? Word(Column column, Vocabulary words, string? instead)
    {
        var text = Text(column);
        if (text is null) return instead;
        if (words.Find(text) is { } known) return known;
        Warn(OneRosterRules.ValueReplaced,
            $"{column.Name} is none of {words}; {instead ?? "nothing"} is taken instead.", column);

        return instead;
    }

    /// <summary>Yes or no; null when the cell is empty. Anything else rejects the row if it weighs, or is dropped.
    /// </summary>
    public bool? Flag(Column column, bool weighs = false)
    {
        var bytes = Bytes(column);
        if (bytes.IsEmpty) return null;
        if (Flags.TryParse(bytes, out var flag)) return flag;
        if (weighs) Reject(OneRosterRules.ValueUnknown, $"{column.Name} is neither true nor false.", column);
        else Warn(OneRosterRules.ValueDropped, $"{column.Name} is neither true nor false; it is left out.", column);

        return null;
    }

    /// <summary>A day; null when the cell is empty or holds a stand-in such as 0001-01-01. What is no day rejects the
    /// row if it weighs, or is dropped.</summary>
    public DateOnly? Date(Column column, bool weighs)
    {
        var bytes = Bytes(column);
        if (bytes.IsEmpty) return null;
        if (Dates.TryParse(bytes, out var date)) return Dates.IsStandIn(date) ? null : date;
        if (weighs)
        {
            Reject(OneRosterRules.DateUnreadable,
                $"{column.Name} is not a date. Write it as 2026-08-31: year, month, day.", column);
        }
        else
        {
            Warn(OneRosterRules.ValueDropped,
                $"{column.Name} is not a date such as 2026-08-31; it is left out.", column);
        }

        return null;
    }

    /// <summary>A moment; null when the cell is empty or cannot be read, which is told.</summary>
    public DateTimeOffset? Moment(Column column)
    {
        var bytes = Bytes(column);
        if (bytes.IsEmpty) return null;
        if (moments.TryParse(bytes, out var moment)) return moment;
        Warn(OneRosterRules.ValueDropped,
            $"{column.Name} is not a time such as 2026-08-31T06:00:00.000Z; it is left out.", column);

        return null;
    }

    public void Warn(OneRosterRule rule, string message, Column? column = null) => Add(rule, message, column);

    public void Reject(OneRosterRule rule, string message, Column? column = null)
    {
        Rejected = true;
        Add(rule, message, column);
    }

    /// <summary>The first column we read whose cell is not UTF-8; null when all are.</summary>
    public Column? FirstInvalid()
    {
        foreach (var column in columns.All)
            if (!Utf8.IsValid(Bytes(column))) return column;

        return null;
    }

    private void Add(OneRosterRule rule, string message, Column? column)
    {
        var value = column is null || Bytes(column).IsEmpty ? null : Encoding.UTF8.GetString(Bytes(column));
        findings.Add(rule.Broken(message, file, Line, column?.Name, value, KeyOrNull(column)));
    }

    /// <summary>The row's key as far as it can be read, without telling what is wrong with it.</summary>
    /// <param name="defective">The defective column; null when the cells themselves are wrong: they may be shifted
    /// then, and only the first cell is sure to be what it should be.</param>
    private string? KeyOrNull(Column? defective)
    {
        if (defective is null && cells.PositionOf(columns.Key) > 0) return null;
        var bytes = Bytes(columns.Key);
        if (bytes.IsEmpty || bytes.Length > LongestId || !Utf8.IsValid(bytes)) return null;

        return TextCleaning.Clean(Encoding.UTF8.GetString(bytes)) is { Length: > 0 } key ? key : null;
    }

    /// <summary>Lists of keys are mostly another in each row: nothing is kept of them but parts that repeat.</summary>
    private string[] SentKeys(ReadOnlySpan<byte> bytes)
    {
        var parts = new string[bytes.Count((byte)PartSeparator) + 1];
        var count = 0;
        foreach (var range in bytes.Split((byte)PartSeparator))
        {
            var part = Lists.CleanFields(TextOf(bytes[range]));
            if (part.Length > 0) parts[count++] = part;
        }

        return count == parts.Length ? parts : parts[..count];
    }

    private string TextOf(ReadOnlySpan<byte> bytes) =>
        Ascii.IsValid(bytes) ? pool.Get(bytes) : Encoding.UTF8.GetString(bytes);

    private static bool IsPlain(ReadOnlySpan<byte> bytes) =>
        !bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    private string? TooLong(Column column)
    {
        Reject(OneRosterRules.CellTooLong,
            $"{column.Name} has more than {LongestText} characters. Shorten it in the sending system.", column);

        return null;
    }

    /// <summary>The cell without blanks around it.</summary>
    private ReadOnlySpan<byte> Bytes(Column column)
    {
        var bytes = cells.Cell(column);
        while (bytes.Length > 0 && bytes[0] is <= 32 or 127) bytes = bytes[1..];
        while (bytes.Length > 0 && bytes[^1] is <= 32 or 127) bytes = bytes[..^1];

        return bytes;
    }
}
