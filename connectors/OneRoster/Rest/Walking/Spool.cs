using System.Buffers.Binary;
using System.Text.Json;
using K12Hub.OneRoster.Rest.Wire;

namespace K12Hub.OneRoster.Rest.Walking;

/// <summary>How far a walk had come when a page was complete.</summary>
/// <param name="Offset">Row of the server the next page begins at.</param>
/// <param name="Rows">Rows kept so far.</param>
/// <param name="Length">Bytes they take in the spool.</param>
/// <param name="Sent">Bit by column: whether any row has it.</param>
internal sealed record PageMark(int Offset, int Rows, long Length, ulong Sent)
{
    /// <summary>X-Total-Count of the walk's first page; null when it was not sent.</summary>
    public int? Total { get; init; }

    /// <summary>The revision of the walk's first page; null when it was not sent.</summary>
    public string? Revision { get; init; }

    /// <summary>Whether only changes were asked for.</summary>
    public bool Filtered { get; init; }

    /// <summary>Set by the last mark of a walk that is complete.</summary>
    public WalkEnd? End { get; init; }
}

/// <summary>Rows of one collection on disk, page by page: what was received completely is kept even when the program
/// is killed, and handed out only when the whole collection is there. Passwords and whatever else is not read never
/// get here.</summary>
internal sealed class Spool : IDisposable
{
    private const int FlushAt = 262_144, ReadAt = 65_536;

    private readonly FileStream rows;
    private readonly FileStream marks;
    private byte[] pending = new byte[2 * FlushAt];
    private int filled;
    private int pageRows;
    private ulong pageSent;

    private Spool(string folder, string collection)
    {
        rows = Open(Path.Combine(folder, collection + ".rows"));
        marks = Open(Path.Combine(folder, collection + ".pages"));
        Mark = LastMark();
        rows.SetLength(Mark.Length);
        rows.Position = Mark.Length;
    }

    /// <summary>The last complete page.</summary>
    public PageMark Mark { get; private set; }

    /// <summary>Opens the spool of a collection, with what an earlier start left in it.</summary>
    public static Spool Open(string folder, string collection) => new(folder, collection);

    /// <summary>Adds a row to the page that is being received.</summary>
    public void Add(CellBuffer cells)
    {
        var size = sizeof(int) + cells.Size;
        if (filled + size > pending.Length) Flush();
        if (size > pending.Length) Array.Resize(ref pending, size);
        BinaryPrimitives.WriteInt32LittleEndian(pending.AsSpan(filled), cells.Size);
        cells.WriteTo(pending.AsSpan(filled + sizeof(int), cells.Size));
        filled += size;
        pageRows++;
        for (var i = 0; i < cells.Columns; i++)
            if (cells.IsFilled(i)) pageSent |= 1UL << i;
    }

    /// <summary>Forgets the page that is being received.</summary>
    public void Rollback()
    {
        (filled, pageRows, pageSent) = (0, 0, 0);
        if (rows.Position == Mark.Length) return;
        rows.SetLength(Mark.Length);
        rows.Position = Mark.Length;
    }

    /// <summary>Keeps the page that was received.</summary>
    public void Commit(int nextOffset, int? total, string? revision, bool filtered)
    {
        Flush();
        Write(new(nextOffset, Mark.Rows + pageRows, rows.Position, Mark.Sent | pageSent)
        {
            Total = total,
            Revision = revision,
            Filtered = filtered,
        });
        (pageRows, pageSent) = (0, 0);
    }

    /// <summary>Notes that the collection is complete, and how.</summary>
    public void Complete(WalkEnd end) => Write(Mark with { End = end });

    /// <summary>Begins anew.</summary>
    public void Reset()
    {
        Mark = Nothing;
        Rollback();
        marks.SetLength(0);
    }

    /// <summary>Hands out the rows kept, one at a time; also to several readers, one within the other.</summary>
    public IEnumerable<(byte[] Bytes, int Start, int Line)> Rows()
    {
        var (buffer, at) = (new byte[ReadAt], 0L);
        var (start, end, line) = (0, 0, 0);
        while (line < Mark.Rows)
        {
            var size = end - start >= sizeof(int)
                ? BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(start)) + sizeof(int)
                : int.MaxValue;
            if (size <= end - start)
            {
                yield return (buffer, start + sizeof(int), ++line);
                start += size;
                continue;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (size != int.MaxValue && size > buffer.Length) Array.Resize(ref buffer, size);
            var got = RandomAccess.Read(rows.SafeFileHandle, buffer.AsSpan(end), at);
            if (got == 0) throw new InvalidDataException("The spool is shorter than its marks say.");
            (end, at) = (end + got, at + got);
        }
    }

    public void Dispose()
    {
        rows.Dispose();
        marks.Dispose();
    }

    private static PageMark Nothing => new(0, 0, 0, 0);

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        // Names of children: for nobody else on this machine.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        return new(path, options);
    }

    private void Flush()
    {
        rows.Write(pending.AsSpan(0, filled));
        filled = 0;
    }

    private void Write(PageMark mark)
    {
        Mark = mark;
        marks.Write([.. JsonSerializer.SerializeToUtf8Bytes(mark), (byte)'\n']);
    }

    /// <summary>The last whole mark whose rows are there; a killed program may have left half a line.</summary>
    private PageMark LastMark()
    {
        using var reader = new StreamReader(marks, leaveOpen: true);
        var last = Nothing;
        while (reader.ReadLine() is { } line)
        {
            if (!line.EndsWith('}') || JsonSerializer.Deserialize<PageMark>(line) is not { } mark) break;
            if (mark.Length > rows.Length) break;
            last = mark;
        }

        // The marks are written again from the one we go on with, so that no half line stays in the middle.
        marks.SetLength(0);
        if (last.Offset > 0 || last.End is not null)
            marks.Write([.. JsonSerializer.SerializeToUtf8Bytes(last), (byte)'\n']);

        return last;
    }
}
