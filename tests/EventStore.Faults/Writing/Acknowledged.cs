using System.Globalization;

namespace K12Hub.EventStore.Faults;

/// <summary>Commands that were acknowledged to a writer, in a file of its process. A killed process leaves what it
/// wrote to the system, so nothing it was told is forgotten.</summary>
internal sealed class Acknowledged(string file) : IDisposable
{
    private readonly FileStream stream = new(file, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    private readonly Lock gate = new();

    public void Add(Guid command, int events)
    {
        Span<byte> line = stackalloc byte[64];
        if (!System.Text.Encoding.ASCII.TryGetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{command} {events}\n"), line, out var length))
        {
            throw new InvalidOperationException("The line is too long.");
        }

        lock (gate) stream.Write(line[..length]);
    }

    /// <summary>What all processes of a run were told. A line cut off by a kill was not finished, so nobody counts on
    /// it.</summary>
    public static IEnumerable<(Guid Command, int Events)> In(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.acknowledged")
        from line in File.ReadAllLines(file)
        let words = line.Split(' ')
        where words.Length == 2 && words[0].Length == 36 && words[1].Length > 0
        select (Guid.Parse(words[0]), int.Parse(words[1], CultureInfo.InvariantCulture));

    public void Dispose() => stream.Dispose();
}
