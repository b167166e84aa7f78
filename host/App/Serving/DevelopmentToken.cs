using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace K12Hub.App;

/// <summary>The key to the API of a trial on a private database: 256 random bits, kept in the data folder. With any
/// other database there is none.</summary>
internal sealed class DevelopmentToken
{
    private const int Bytes = 32;
    private DevelopmentToken(string value) => Value = value;

    public string Value { get; }

    /// <summary>The token of a data folder; made at first start, readable by its owner only.</summary>
    public static DevelopmentToken In(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "token");
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } kept)
        {
            return new DevelopmentToken(kept);
        }

        var value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // With a database of the district's own, nobody else may have made the folder.
        MakeFolder(dataFolder);
        File.Delete(path);
        using var file = new StreamWriter(path, options);
        file.Write(value);
        return new DevelopmentToken(value);
    }

    private static void MakeFolder(string dataFolder)
    {
        try
        {
            Directory.CreateDirectory(dataFolder);
        }
        catch (IOException failure)
        {
            throw new IOException(
                $"{dataFolder} cannot be made or is no folder: {failure.Message} Use --data with another.", failure);
        }
    }

    /// <summary>Whether somebody has the token; takes the same time however much of it is right. Its length is no
    /// secret.</summary>
    public bool Is(ReadOnlySpan<char> presented) => CryptographicOperations.FixedTimeEquals(
        MemoryMarshal.AsBytes(Value.AsSpan()), MemoryMarshal.AsBytes(presented));
}
