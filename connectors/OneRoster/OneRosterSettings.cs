using System.ComponentModel.DataAnnotations;

namespace K12Hub.OneRoster;

/// <summary>How large a roster package may be. The limits keep a broken or hostile package from filling memory or
/// disk; a district of a million students stays far below all of them.</summary>
public sealed class OneRosterSettings : IValidatableObject
{
    /// <summary>Largest zip, in megabytes; 1 to 16,384.</summary>
    [Range(1, 16_384)]
    public int MaxPackageMegabytes { get; init; } = 2_048;

    /// <summary>Largest single file once unpacked, in megabytes; 1 to 65,536.</summary>
    [Range(1, 65_536)]
    public int MaxFileMegabytes { get; init; } = 8_192;

    /// <summary>How many times larger than its packed form a file may be; 2 to 1,000. Roster files reach about 30.
    /// </summary>
    [Range(2, 1_000)]
    public int MaxCompressionRatio { get; init; } = 100;

    /// <summary>Most files and folders in a package; 10 to 1,000. OneRoster 1.2 has 22 files.</summary>
    [Range(10, 1_000)]
    public int MaxFiles { get; init; } = 64;

    /// <summary>Longest row, in bytes; 1,024 to 1,048,576. Ordinary rows have about 200.</summary>
    [Range(1_024, 1_048_576)]
    public int MaxRowBytes { get; init; } = 65_536;

    /// <summary>Systems that are asked over HTTP, by the names they are imported under.</summary>
    public Dictionary<string, RestSourceSettings> Sources { get; init; } = [];

    /// <summary>Folders of this machine in which packages are laid down, by the names they are imported under. The
    /// newest one is imported when it is new.</summary>
    public Dictionary<string, string> Folders { get; init; } = [];

    internal long MaxPackageBytes => MaxPackageMegabytes * 1_048_576L;

    internal long MaxFileBytes => MaxFileMegabytes * 1_048_576L;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, source) in Sources)
        {
            // It becomes part of every id, and the name of a folder.
            if (!IsName(name)) yield return new($"Source {name}: a name has 1 to 40 letters, digits, - and _.");
            var problems = new List<ValidationResult>();
            Validator.TryValidateObject(source, new(source), problems, validateAllProperties: true);
            foreach (var problem in problems) yield return new($"Source {name}: {problem.ErrorMessage}");
        }

        foreach (var (name, folder) in Folders)
        {
            if (!IsName(name)) yield return new($"Folder {name}: a name has 1 to 40 letters, digits, - and _.");
            if (!Path.IsPathFullyQualified(folder)) yield return new($"Folder {name}: {folder} is no full path.");
            if (Sources.Keys.Contains(name, StringComparer.OrdinalIgnoreCase))
                yield return new($"Folder {name}: a system has this name; choose another.");
        }
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
