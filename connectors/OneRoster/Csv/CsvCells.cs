using CsvHelper;

namespace K12Hub.OneRoster.Csv;

/// <summary>The cells of the row a CSV reader stands on.</summary>
internal sealed class CsvCells(CsvReader reader, Header header) : IRowCells
{
    public int Line => (int)Math.Min(reader.LineNumber, int.MaxValue);

    public int PositionOf(Column column) => header.Positions[column.Ordinal];

    public bool IsList(Column column) => false;

    public ReadOnlySpan<byte> Cell(Column column)
    {
        var at = header.Positions[column.Ordinal];

        return at < 0 || at >= reader.FieldCount ? default : reader.GetSpan(at);
    }
}
