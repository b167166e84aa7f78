using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Rest.Wire;

/// <summary>Bytes of cells, one after the other; grows for a long row and is used again.</summary>
internal sealed class CellText
{
    private byte[] bytes = new byte[1_024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>A value as it stands in JSON, without quotes and escapes; nothing for null.</summary>
    public void Add(ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.Null) return;
        if (!json.ValueIsEscaped)
        {
            Add(json.ValueSpan);
            return;
        }

        Grow(json.ValueSpan.Length);
        var written = json.CopyString(bytes.AsSpan(Length));
        // Only an escaped text can hold what stands between our parts.
        var added = bytes.AsSpan(Length, written);
        added.Replace((byte)Row.PartSeparator, (byte)' ');
        added.Replace((byte)Row.FieldSeparator, (byte)' ');
        Length += written;
    }

    public CellText Add(CellText other)
    {
        Add(other.Written);

        return this;
    }

    public CellText Add(char separator)
    {
        Add([(byte)separator]);

        return this;
    }

    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    public void Add(ReadOnlySpan<byte> text)
    {
        Grow(text.Length);
        text.CopyTo(bytes.AsSpan(Length));
        Length += text.Length;
    }

    private void Grow(int by)
    {
        if (Length + by > bytes.Length) Array.Resize(ref bytes, Math.Max(2 * bytes.Length, Length + by));
    }
}

/// <summary>The cells of one object, in the order of its columns once written.</summary>
internal sealed class CellBuffer(int columns)
{
    private readonly (int Start, int Length, bool IsList)[] places = new (int, int, bool)[columns];

    public CellText Text { get; } = new();

    public int Columns => columns;

    public void Clear()
    {
        Text.Clear();
        Array.Clear(places);
    }

    public bool IsFilled(int ordinal) => places[ordinal].Length > 0;

    public void Begin(int ordinal, bool isList) => places[ordinal] = (Text.Length, 0, isList);

    public void End(int ordinal) => places[ordinal].Length = Text.Length - places[ordinal].Start;

    public ReadOnlySpan<byte> Cell(int ordinal) =>
        Text.Written.Slice(places[ordinal].Start, places[ordinal].Length);

    /// <summary>Bytes the row takes when it is written.</summary>
    public int Size => (columns * sizeof(int)) + Text.Length;

    /// <summary>Writes lengths, then bytes. Lists have a negative length, less one.</summary>
    public void WriteTo(Span<byte> row)
    {
        var at = columns * sizeof(int);
        for (var i = 0; i < columns; i++)
        {
            var (start, length, isList) = places[i];
            BinaryPrimitives.WriteInt32LittleEndian(row[(i * sizeof(int))..], isList ? -length - 1 : length);
            Text.Written.Slice(start, length).CopyTo(row[at..]);
            at += length;
        }
    }
}

/// <summary>A row read back, as cells.</summary>
internal sealed class SpooledCells(ulong sent) : IRowCells
{
    private byte[] row = [];
    private (int Start, int Length, bool IsList)[] places = [];

    public int Line { get; private set; }

    /// <summary>Takes the row that stands in an array until the next one is taken.</summary>
    public void Take(byte[] bytes, int start, int columns, int line)
    {
        (row, Line) = (bytes, line);
        if (places.Length < columns) places = new (int, int, bool)[columns];
        var at = start + (columns * sizeof(int));
        for (var i = 0; i < columns; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(start + (i * sizeof(int))));
            var isList = length < 0;
            if (isList) length = -length - 1;
            places[i] = (at, length, isList);
            at += length;
        }
    }

    /// <summary>A column that no row has is nowhere sent.</summary>
    public int PositionOf(Column column) => (sent & (1UL << column.Ordinal)) == 0 ? -1 : column.Ordinal;

    public ReadOnlySpan<byte> Cell(Column column) =>
        row.AsSpan(places[column.Ordinal].Start, places[column.Ordinal].Length);

    public bool IsList(Column column) => places[column.Ordinal].IsList;
}
