using System.Text;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Text about people that leaves in pieces: each only after it was written down who is in it.</summary>
/// <param name="to">Where to.</param>
/// <param name="notes">Where the people of the next piece are noted.</param>
/// <param name="disclosed">To whom it goes.</param>
internal sealed class RecordedText(TextWriter to, AccessNotes notes, Disclosure disclosed)
{
    private const int PieceChars = 32_000;

    private readonly StringBuilder piece = new(PieceChars + 1_000);

    /// <summary>Adds a line whose people have been noted.</summary>
    public Task AddAsync(string line, CancellationToken ct)
    {
        piece.Append(line);
        return piece.Length < PieceChars ? Task.CompletedTask : SendAsync(ct);
    }

    /// <summary>Sends what is left.</summary>
    public async Task SendAsync(CancellationToken ct)
    {
        notes.Group("names");
        notes.Group("numbers");
        await notes.WriteAsync("export", disclosed, ct);
        await to.WriteAsync(piece, ct);
        await to.FlushAsync(ct);
        piece.Clear();
    }
}
