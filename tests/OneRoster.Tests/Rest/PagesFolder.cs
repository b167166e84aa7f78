using System.Text;

namespace K12Hub.OneRoster.Tests.Rest;

/// <summary>A folder in which pages outlive the run that fetched them.</summary>
internal sealed class PagesFolder : IDisposable
{
    public string Path { get; } =
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"k12hub-pages-{Guid.NewGuid():N}");

    public bool Exists => Directory.Exists(Path);

    public IReadOnlyList<string> Texts() =>
        [.. Directory.EnumerateFiles(Path).Select(file => Encoding.UTF8.GetString(File.ReadAllBytes(file)))];

    public void Dispose()
    {
        if (Exists) Directory.Delete(Path, recursive: true);
    }
}
