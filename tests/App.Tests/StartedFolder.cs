using System.Collections.Concurrent;

namespace K12Hub.App.Tests;

/// <summary>The data folder of a server that was started for the first time and stopped again. What is not about a
/// first start begins with a copy: making a database and a district takes most of the time of a short test.</summary>
internal static class StartedFolder
{
    private static readonly ConcurrentDictionary<int, Lazy<Task<string>>> Started = new();

    /// <summary>Fills a folder, unless there is one already.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="students">Students of the demo district; 0 for none.</param>
    public static async Task CopyToAsync(string folder, int students)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(folder)) return;
        var started = await Started.GetOrAdd(students, many => new(() => StartAsync(many))).Value;
        var (code, output) = await Shell.RunAsync("/", $"cp -a '{started}' '{folder}'");
        Assert.True(code == 0, output);
    }

    private static async Task<string> StartAsync(int students)
    {
        var folders = new Folders();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folders.Dispose();
        using var hub = await HubProcess.ServeNewAsync(folders.Data, HubProcess.DemoOf(students));
        await hub.UntilAsync(
            "{ projections { lagInEvents } }",
            data => data.GetProperty("projections").EnumerateArray()
                .All(one => one.GetProperty("lagInEvents").GetInt64() == 0));
        await hub.StopAsync();
        return folders.Data;
    }
}
