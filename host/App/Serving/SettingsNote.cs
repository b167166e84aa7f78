using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using K12Hub.Hosting;

namespace K12Hub.App;

/// <summary>Writes down which settings, secrets among them, are others than when this data folder was last served:
/// their names and never their values. Kept for it are hashes with a key of their own, which only the owner of the
/// folder reads.</summary>
internal static class SettingsNote
{
    private const int KeyBytes = 32;

    public static async Task WriteAsync(
        IConfiguration configuration, string dataFolder, SecurityTrail trail, CancellationToken ct)
    {
        var path = Path.Combine(dataFolder, "settings-seen.json");
        var before = await ReadAsync(path, ct);
        var key = before?.Key ?? RandomNumberGenerator.GetBytes(KeyBytes);
        var now = new Seen(key, configuration.AsEnumerable().Where(setting => setting.Value is not null)
            .ToDictionary(setting => setting.Key, setting => HashOf(key, setting.Value!), StringComparer.Ordinal));
        if (before is not null && Changed(before, now) is { Count: 0 }) return;

        await trail.WriteAsync(
            Door.District,
            new(before is null ? "settings.first" : "settings.changed", "serve")
            {
                Actor = StoreVerb.Actor, What = before is null ? [] : Changed(before, now),
            },
            ct);
        await KeepAsync(path, now, ct);
    }

    private static List<string> Changed(Seen before, Seen now) =>
    [
        .. before.Settings.Keys.Union(now.Settings.Keys, StringComparer.Ordinal)
            .Where(name => before.Settings.GetValueOrDefault(name) != now.Settings.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal),
    ];

    private static string HashOf(byte[] key, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(value)));

    private static async Task<Seen?> ReadAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path)) return null;

        try
        {
            return JsonSerializer.Deserialize<Seen>(await File.ReadAllTextAsync(path, ct));
        }
        catch (JsonException)
        {
            return null; // Half written, or another's: as good as none, and said so in the trail.
        }
    }

    private static async Task KeepAsync(string path, Seen seen, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, options);
        await JsonSerializer.SerializeAsync(file, seen, cancellationToken: ct);
    }

    /// <summary>The settings of a start.</summary>
    /// <param name="Key">What their values are hashed with.</param>
    /// <param name="Settings">Hashes by name.</param>
    private sealed record Seen(byte[] Key, Dictionary<string, string> Settings);
}
