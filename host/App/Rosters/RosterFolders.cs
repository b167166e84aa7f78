using System.Collections.Concurrent;
using K12Hub.Contracts;
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

    /// <summary>All folders the settings name.</summary>
    public static IEnumerable<string> Names(IConfiguration configuration) =>
        configuration.GetSection("OneRoster:Folders").GetChildren().Select(folder => folder.Key);

    /// <summary>The import a person asks for, with what is in the way of it said as a finding.</summary>
    public async Task<ImportOutcome> AskedAsync(
        DistrictId district, string name, PackageImport how, CancellationToken ct)
    {
        var (state, outcome) = await ImportNewestAsync(district, name, how, ct);
        return state switch
        {
            FolderState.Imported => outcome!,
            FolderState.NothingNew => Nothing(
                ImportStatus.Unchanged, FindingEffect.Warning, "folder.nothing_new",
                "There is no package that was not read before. --again reads the newest once more."),
            FolderState.Growing => Nothing(
                ImportStatus.Refused, FindingEffect.RunRejected, "folder.growing",
                "The newest package was written to in the last minute; it may not be whole. Try again in a minute."),
            _ => Nothing(
                ImportStatus.Rejected, FindingEffect.RunRejected, "folder.missing", "The folder is not there."),
        };

        static ImportOutcome Nothing(ImportStatus status, FindingEffect effect, string rule, string message) =>
            ImportOutcome.NotBegun([new(effect, rule, message)]) with { Status = status };
    }

    /// <summary>Whether the settings name such a folder.</summary>
    public bool Has(string name) => settings.Folders.Keys.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <param name="district">Whose roster it is.</param>
    /// <param name="name">The folder, as the settings name it. It is the key that ids are made from.</param>
    /// <param name="how">How to bring it in; again takes the newest although it was read before.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<(FolderState State, ImportOutcome? Outcome)> ImportNewestAsync(
        DistrictId district, string name, PackageImport how, CancellationToken ct)
    {
        var folder = settings.Folders.First(f => f.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        if (!Directory.Exists(folder)) return (FolderState.Missing, null);

        var newest = new DirectoryInfo(folder).EnumerateFiles("*.zip").MaxBy(file => file.LastWriteTimeUtc);
        if (newest is null) return (FolderState.NothingNew, null);
        if (time.GetUtcNow() - newest.LastWriteTimeUtc < rest) return (FolderState.Growing, null);

        var looked = new Looked(newest.FullName, newest.LastWriteTimeUtc, newest.Length);
        if (!how.Again && known.TryGetValue(name, out var before) && before == looked)
            return (FolderState.NothingNew, null);

        var source = RosterSources.KeyOf(name);
        await using var turn = await import.TryTakeTurnAsync(district, source, ct);
        if (turn is null) return (FolderState.Imported, RosterImport.NotYourTurn());

        var checksum = await PackageChecksum.OfAsync(newest.FullName, ct);
        if (!how.Again && await import.FindPackageAsync(district, source, checksum, ct) is not null)
        {
            known[name] = looked;
            return (FolderState.NothingNew, null);
        }

        how = how with { Source = source, Checksum = checksum };
        return (FolderState.Imported, await packages.ImportAsync(district, newest.FullName, how, null, ct));
    }
}
