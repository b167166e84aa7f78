using System.IO.Compression;
using System.Text;
using K12Hub.District.Csv;

namespace K12Hub.District;

/// <summary>Writes a generated district as a OneRoster CSV package.</summary>
public static class OneRosterCsvWriter
{
    private const int ChunkCharacters = 64 * 1024;

    /// <summary>Writes the zip, replacing a file of that name. Memory stays flat in the number of students.</summary>
    /// <param name="plan">Which district, on which day.</param>
    /// <param name="version">1.1 or 1.2.</param>
    /// <param name="path">The zip file.</param>
    /// <param name="ct">Stops the writing; a half zip may remain.</param>
    /// <exception cref="ArgumentException">The version is neither 1.1 nor 1.2, or the plan is out of range.</exception>
    public static async Task WriteZipAsync(
        DistrictPlan plan, string version, string path, CancellationToken ct = default)
    {
        var oneRoster = OneRosterVersion.Parse(version);
        var district = GeneratedDistrict.From(plan);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 256 * 1024);
        await using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: false, Encoding.UTF8);

        var tables = oneRoster.Tables(district.Calendar);
        await using (var manifest = Open(zip, "manifest"))
            await manifest.WriteAsync(Manifest(oneRoster, tables).AsMemory(), ct);
        foreach (var table in tables)
        {
            await using var entry = Open(zip, table.Name);
            await WriteAsync(table, district, entry, ct);
        }
    }

    private static async Task WriteAsync(
        CsvTable table, GeneratedDistrict district, StreamWriter entry, CancellationToken ct)
    {
        var rows = new CsvText();
        rows.Line(table.Header);
        foreach (var part in district.Parts())
        {
            table.Write(part, district.Plan.Day, rows);
            if (rows.Text.Length < ChunkCharacters) continue;
            await entry.WriteAsync(rows.Text, ct);
            rows.Text.Clear();
        }

        await entry.WriteAsync(rows.Text, ct);
    }

    private static string Manifest(OneRosterVersion version, IReadOnlyList<CsvTable> tables)
    {
        var files = version.FileNames
            .Select(name => (name, Mode: tables.Any(table => table.Name == name) ? "bulk" : "absent"));
        string[] lines =
        [
            "propertyName,value", "manifest.version,1.0", $"oneroster.version,{version.Number}",
            .. files.Select(file => $"file.{file.name},{file.Mode}"),
            "source.systemName,K12Hub district generator", "source.systemCode,k12hub-district",
        ];
        return string.Concat(lines.Select(line => line + "\r\n"));
    }

    private static StreamWriter Open(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name + ".csv", CompressionLevel.Fastest);
        // The zip must not know when or on which system it was written.
        entry.LastWriteTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        entry.ExternalAttributes = 0;
        return new(entry.Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), ChunkCharacters);
    }
}
