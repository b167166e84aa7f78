using System.Runtime.CompilerServices;

namespace K12Hub.Architecture.Tests;

/// <summary>The files of the repository, seen from its root.</summary>
internal static class Repository
{
    private static readonly string[] Outside = ["bin", "obj", ".git", ".k12hub", "node_modules", "artifacts"];

    public static string Root { get; } = FindRoot();

    /// <summary>All files below a folder that end in <paramref name="ending"/>, with forward slashes from the root.
    /// </summary>
    public static IReadOnlyList<string> Files(string ending, string below = "") =>
        [.. Walk(Path.Combine(Root, below))
            .Where(path => path.EndsWith(ending, StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder)
            .Where(child => !Outside.Contains(Path.GetFileName(child)))
            .SelectMany(Walk));

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "K12Hub.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException($"No K12Hub.sln above {here}.");
    }
}
