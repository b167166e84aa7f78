using CsvHelper;
using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;
using K12Hub.OneRoster.Package;

namespace K12Hub.OneRoster;

/// <summary>What a package says about itself.</summary>
/// <param name="Version">The version of its files; null when the manifest does not say.</param>
/// <param name="Modes">For each name after <c>file.</c> the mode as written, in lower case.</param>
internal sealed record Manifest(OneRosterVersion? Version, IReadOnlyDictionary<string, string> Modes)
{
    public const string FileName = "manifest.csv";

    /// <summary>Rows a manifest can have; the standard has 25.</summary>
    private const int MostRows = 1_000;

    private const string VersionName = "oneroster.version";

    /// <exception cref="RefusedException">There is no manifest that can be understood.</exception>
    public static async ValueTask<Manifest> ReadAsync(
        RosterPackage package, OneRosterSettings settings, CancellationToken ct)
    {
        var file = package.Find(FileName) ?? throw new RefusedException(OneRosterRules.ManifestMissing.Broken(
            "There is no manifest.csv. Send it with the other files; it says which of them are complete.", FileName));
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        await using var text = new Utf8Stream(file.Open(_ => { }));
        await using var reader = CsvReader.Create(text, CsvTable.Options(settings, _ => { }), leaveOpen: true);
        await reader.ReadHeaderAsync(ct);
        var (name, value) = Columns(reader.Headers);
        while (await reader.ReadAsync(ct))
        {
            if (reader.RowNumber > MostRows) throw Unreadable();
            properties[TextCleaning.Clean(reader.GetString(name))] = TextCleaning.Clean(reader.GetString(value));
        }

        return new(VersionOf(properties), ModesOf(properties));
    }

    /// <summary>The mode of a file we read; a name that is not there means absent.</summary>
    /// <exception cref="RefusedException">The mode is no word of the standard.</exception>
    public CollectionMode ModeOf(string collection) => Modes.GetValueOrDefault(collection, "absent") switch
    {
        "absent" => CollectionMode.Absent,
        "bulk" => CollectionMode.Bulk,
        "delta" => CollectionMode.Delta,
        var other => throw new RefusedException(OneRosterRules.ManifestMode.Broken(
            $"manifest.csv gives {collection} a mode that is not absent, bulk or delta. Correct it.",
            FileName, column: "file." + collection, value: other)),
    };

    private static (int Name, int Value) Columns(IReadOnlyList<string> headers)
    {
        var cleaned = headers.Select(TextCleaning.Clean).ToList();
        var name = cleaned.FindIndex(h => h.Equals("propertyName", StringComparison.OrdinalIgnoreCase));
        var value = cleaned.FindIndex(h => h.Equals("value", StringComparison.OrdinalIgnoreCase));

        return name >= 0 && value >= 0 ? (name, value) : throw Unreadable();
    }

    private static OneRosterVersion? VersionOf(Dictionary<string, string> properties)
    {
        var text = properties.GetValueOrDefault(VersionName, "").TrimStart('v', 'V');
        if (text.Length == 0) return null;
        if (text == "1.1" || text.StartsWith("1.1.", StringComparison.Ordinal)) return OneRosterVersion.V11;
        if (text == "1.2" || text.StartsWith("1.2.", StringComparison.Ordinal)) return OneRosterVersion.V12;

        throw new RefusedException(OneRosterRules.ManifestVersion.Broken(
            "Only OneRoster 1.1 and 1.2 are read. Choose one of them in the sending system.",
            FileName, column: VersionName, value: text));
    }

    private static Dictionary<string, string> ModesOf(Dictionary<string, string> properties) => properties
        .Where(p => p.Key.StartsWith("file.", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(p => p.Key["file.".Length..], p => p.Value.ToLowerInvariant(), StringComparer.OrdinalIgnoreCase);

    private static RefusedException Unreadable() => new(OneRosterRules.ManifestUnreadable.Broken(
        "manifest.csv is not a table with the columns propertyName and value. Export the package again.", FileName));
}
