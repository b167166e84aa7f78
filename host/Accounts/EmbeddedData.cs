namespace K12Hub.Accounts;

/// <summary>Files that are part of the program.</summary>
internal static class EmbeddedData
{
    public static byte[] Bytes(string name)
    {
        using var stream = Open(name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public static IEnumerable<string> Lines(string name)
    {
        using var reader = new StreamReader(Open(name));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') yield return line;
        }
    }

    private static Stream Open(string name) =>
        typeof(EmbeddedData).Assembly.GetManifestResourceStream($"K12Hub.Accounts.{name}")
        ?? throw new InvalidOperationException($"{name} is not part of the program.");
}
