using System.IO.Compression;
using System.Text;

namespace K12Hub.District.Tests;

/// <summary>A written package, read back by a reader that knows nothing of the writer.</summary>
internal sealed class Package
{
    public required IReadOnlyDictionary<string, byte[]> Files { get; init; }

    public static async Task<Package> WriteAsync(DistrictPlan plan, string version)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("k12hub-district-").FullName, "district.zip");
        await OneRosterCsvWriter.WriteZipAsync(plan, version, path, TestContext.Current.CancellationToken);
        await using var zip = await ZipFile.OpenReadAsync(path, TestContext.Current.CancellationToken);
        var files = zip.Entries.ToDictionary(entry => entry.Name, Bytes);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        return new() { Files = files };
    }

    /// <summary>Rows of a file, each by column name.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string name)
    {
        var lines = Cells(Encoding.UTF8.GetString(Files[name + ".csv"])).ToList();
        return [.. lines.Skip(1)
            .Select(cells => lines[0].Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    public IReadOnlySet<string> Ids(string name) => Rows(name).Select(row => row["sourcedId"]).ToHashSet();

    public static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string[]> Cells(string text)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (quoted && letter == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (letter == '"') quoted = !quoted;
            else if (quoted || letter is not (',' or '\r')) cell.Append(letter);
            else
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (letter == ',') continue;
                yield return [.. cells];
                cells.Clear();
                i++;
            }
        }
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }
}
