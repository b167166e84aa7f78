using K12Hub.District;

namespace K12Hub.App.Tests;

/// <summary>A folder that goes away after the test, and packages in it.</summary>
public sealed class Folders : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("k12hub-app-");

    public Folders()
    {
        // As root the server runs as another user, who has to get here.
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode |= UnixFileMode.OtherExecute;
        }
    }

    public string Data => Path.Combine(folder.FullName, "data");

    public string New(string name) => Path.Combine(folder.FullName, name);

    public async Task<string> PackageAsync(int students, int day = 0)
    {
        var path = New($"district-{students}-{day}.zip");
        await OneRosterCsvWriter.WriteZipAsync(new DistrictPlan(students, Day: day), "1.2", path, HubProcess.Ct);
        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
