using System.Collections.Concurrent;
using K12Hub.EventStore;
using K12Hub.OneRoster;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary>What is in a folder that packages are laid down in.</summary>
internal enum FolderState
{
    /// <summary>There is no package, or none that was not read before.</summary>
    NothingNew,

    /// <summary>The newest package is still being written.</summary>
    Growing,

    /// <summary>The folder is not there.</summary>
    Missing,

    /// <summary>The newest package was imported.</summary>
    Imported,
}

/// <summary>Brings in what is laid down in folders, by their names in the settings: the newest zip, once.</summary>
internal sealed class RosterFolders(
    RosterImport import, RosterPackages packages, OneRosterSettings settings, TimeProvider time)
{
    /// <summary>A file that was written to so lately may not be whole.</summary>
    private static readonly TimeSpan rest = TimeSpan.FromMinutes(1);

    // A package of two gigabytes need not be read every quarter of an hour to see that it is the same.
    private readonly ConcurrentDictionary<string, Looked> known = new(StringComparer.OrdinalIgnoreCase);

    private readonly record struct Looked(string Path, DateTime Written, long Bytes);

    /// <summary>Whether the settings name such a folder.</summary>
    public bool Has(string name) => settings.Folders.Keys.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <param name="district">Whose roster it is.</param>
    /// <param name="name">The folder, as the settings name it. It is the key that ids are made from.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<(FolderState State, ImportOutcome? Outcome)> ImportNewestAsync(
        DistrictId district, string name, CancellationToken ct)
    {
        var folder = settings.Folders.First(f => f.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        if (!Directory.Exists(folder)) return (FolderState.Missing, null);

        var newest = new DirectoryInfo(folder).EnumerateFiles("*.zip").MaxBy(file => file.LastWriteTimeUtc);
        if (newest is null) return (FolderState.NothingNew, null);
        if (time.GetUtcNow() - newest.LastWriteTimeUtc < rest) return (FolderState.Growing, null);

        var looked = new Looked(newest.FullName, newest.LastWriteTimeUtc, newest.Length);
        if (known.TryGetValue(name, out var before) && before == looked) return (FolderState.NothingNew, null);

        var source = RosterSources.KeyOf(name);
        await using var turn = await import.TryTakeTurnAsync(district, source, ct);
        if (turn is null) return (FolderState.Imported, RosterImport.NotYourTurn());

        var checksum = await PackageChecksum.OfAsync(newest.FullName, ct);
        if (await import.FindPackageAsync(district, source, checksum, ct) is not null)
        {
            known[name] = looked;
            return (FolderState.NothingNew, null);
        }

        var how = new PackageImport(source, Checksum: checksum);
        return (FolderState.Imported, await packages.ImportAsync(district, newest.FullName, how, null, ct));
    }
}
