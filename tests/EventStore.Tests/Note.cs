namespace K12Hub.EventStore.Tests;

/// <summary>An aggregate without rows, folded by one function: counts what happened to it.</summary>
public sealed record Note(Guid Id, int Lines, string Last)
{
    public static Note Evolve(Note note, object happened) => happened switch
    {
        NoteWritten e => note with { Lines = note.Lines + 1, Last = e.Text },
        _ => note,
    };
}

public sealed record NoteWritten(string Text);
