using System.ComponentModel.DataAnnotations;

namespace K12Hub.App;

/// <summary>Settings whose values stand in files, as orchestrators hand out secrets:
/// <c>K12HUB__Database__ConnectionString__FILE</c>.</summary>
internal static class SecretFiles
{
    private const string Ending = ":FILE";

    /// <summary>The settings that the environment names files for.</summary>
    /// <exception cref="ValidationException">A file cannot be read.</exception>
    public static IEnumerable<KeyValuePair<string, string?>> Read(IConfiguration environment) =>
        [.. environment.AsEnumerable()
            .Where(setting => setting.Key.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)
                && !string.IsNullOrWhiteSpace(setting.Value))
            .Select(setting => new KeyValuePair<string, string?>(
                setting.Key[..^Ending.Length], ContentOf(setting.Key, setting.Value!)))];

    private static string ContentOf(string setting, string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ValidationException($"Setting {setting}: {path} cannot be read.", failure);
        }
    }
}
