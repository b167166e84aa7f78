using System.Text.Json.Serialization;

namespace K12Hub.Roster;

/// <summary>Where packages that people send lie until they are imported. Nodes of one database share it: whichever
/// comes first imports.</summary>
/// <param name="Path">Full path of a folder that may not be there yet.</param>
public sealed record RosterUploadFolder(string Path)
{
    /// <summary>Where a package lies.</summary>
    public string PathOf(RosterPackageSent package)
    {
        ArgumentNullException.ThrowIfNull(package);
        return System.IO.Path.Combine(Path, package.Wish, package.Name);
    }
}

/// <summary>Owed since somebody sent a package: its import.</summary>
/// <param name="Source">Key of its source.</param>
/// <param name="Checksum">SHA-256 of the package, in hexadecimal digits.</param>
/// <param name="Name">What it was called.</param>
/// <param name="ProposeOnly">Whether a person looks before anything is applied.</param>
/// <param name="Again">Whether it is taken in although it was read before.</param>
/// <param name="Actor">Who sent it, as an id.</param>
public sealed record RosterPackageSent(
    string Source, string Checksum, string Name, bool ProposeOnly, bool Again, string? Actor)
{
    /// <summary>What is wanted of which package: the same wish is the same work.</summary>
    [JsonIgnore]
    public string Wish => $"{Source}-{Checksum}{(ProposeOnly ? "-proposed" : "")}{(Again ? "-again" : "")}";
}

/// <summary>Owed since somebody asked for it: the import of a source of the settings.</summary>
/// <param name="Source">Its key.</param>
/// <param name="ChangesOnly">Whether only what changed since the last import is asked for.</param>
/// <param name="Actor">Who asked, as an id.</param>
public sealed record RosterSourceAsked(string Source, bool ChangesOnly, string? Actor);
