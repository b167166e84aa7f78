namespace K12Hub.App.Tests;

/// <summary>Where the source is that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "K12Hub.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
