using System.Reflection;

namespace K12Hub.District;

/// <summary>A table of the folder, with tabs between its cells and its columns' names in the first line.</summary>
internal static class DirectoryFile
{
    /// <summary>The rows below the first.</summary>
    /// <param name="name">The file's name.</param>
    public static IEnumerable<string[]> Read(string name)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"K12Hub.District.{name}")!;
        using var reader = new StreamReader(file);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split('\t'))];
    }
}
