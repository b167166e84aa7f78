using System.Text;

namespace K12Hub.District.Csv;

/// <summary>Takes the rows of a table.</summary>
internal interface IRows
{
    /// <summary>A row: its key, then the cells after OneRoster's status and dateLastModified.</summary>
    void Add(string id, params ReadOnlySpan<string?> cells);
}

/// <summary>Rows as RFC 4180 text with CRLF. Status and date stay blank, as the standard wants it of bulk
/// files.</summary>
internal sealed class CsvText : IRows
{
    private readonly StringBuilder text = new(80 * 1024);

    public StringBuilder Text => text;

    public void Line(string cells) => text.Append(cells).Append("\r\n");

    public void Add(string id, params ReadOnlySpan<string?> cells)
    {
        Cell(id);
        text.Append(",,");
        foreach (var cell in cells)
        {
            text.Append(',');
            Cell(cell);
        }

        text.Append("\r\n");
    }

    private void Cell(string? value)
    {
        if (value is null) return;
        if (!value.AsSpan().ContainsAny(",\"\r\n")) text.Append(value);
        else text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
