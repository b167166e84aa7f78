using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace K12Hub.App;

/// <summary>Knows a package again by what is in it, whatever it is called.</summary>
internal static class PackageChecksum
{
    private const int BufferBytes = 128 * 1024;

    /// <returns>SHA-256 in hexadecimal digits: of the file; of a folder, of the names and contents of its
    /// files.</returns>
    public static async Task<string> OfAsync(string fileOrFolder, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (!Directory.Exists(fileOrFolder))
        {
            await AddAsync(hash, fileOrFolder, ct);
            return Convert.ToHexString(hash.GetHashAndReset());
        }

        foreach (var file in Directory.EnumerateFiles(fileOrFolder, "*.csv").Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\n"));
            hash.AppendData(BitConverter.GetBytes(new FileInfo(file).Length));
            await AddAsync(hash, file, ct);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static async Task AddAsync(IncrementalHash hash, string file, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var stream = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            for (int read; (read = await stream.ReadAsync(buffer, ct)) > 0;) hash.AppendData(buffer, 0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
