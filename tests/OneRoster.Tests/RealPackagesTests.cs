using System.Globalization;
using System.Text.RegularExpressions;
using K12Hub.Contracts;

namespace K12Hub.OneRoster.Tests;

/// <summary>Packages of real systems. They are not part of this repository: K12HUB_SAMPLES names a folder of sets,
/// each with a README.md whose table says how many rows each file has.</summary>
public sealed partial class RealPackagesTests
{
    [Fact]
    public async Task Every_set_reads_to_the_row_counts_of_its_own_README()
    {
        var root = Environment.GetEnvironmentVariable("K12HUB_SAMPLES");
        if (root is null) Assert.Skip("K12HUB_SAMPLES does not name a folder of OneRoster sets.");

        var packages = Directory.EnumerateFiles(root, "*.zip", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(root, "manifest.csv", SearchOption.AllDirectories)
                .Select(m => Path.GetDirectoryName(m)!)).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(packages);
        foreach (var package in packages) await ReadsAsync(root, package);
    }

    private static async Task ReadsAsync(string root, string package)
    {
        var read = await ReadPackage.OfAsync(package);
        var summary = string.Join(", ", read.Rules);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Path.GetRelativePath(root, package)}: {summary}");
        Assert.Empty(read.Refusals);
        foreach (var (collection, expected) in Counts(root, package))
        {
            var (rows, rejected) = read.Rows[collection];
            Assert.True(rows == expected, $"{package} {collection}: {rows} rows read, {expected} expected");
            Assert.Equal(rejected, read.Findings
                .Where(f => f.Effect == FindingEffect.RowRejected && f.File == collection + ".csv")
                .Select(f => f.Line).Distinct().Count());
        }
    }

    private static Dictionary<string, long> Counts(string root, string package)
    {
        var set = Path.Combine(root, Path.GetRelativePath(root, package).Split(Path.DirectorySeparatorChar)[0]);
        var within = Path.GetRelativePath(set, package).Replace('\\', '/');
        var counts = TableRow().Matches(File.ReadAllText(Path.Combine(set, "README.md")))
            .Where(m => m.Groups["where"].Value.TrimEnd(' ', ':', '/') == within)
            .ToDictionary(
                m => m.Groups["file"].Value,
                m => long.Parse(m.Groups["rows"].Value, CultureInfo.InvariantCulture));

        return counts.Where(c => RosterCollections.All.Contains(c.Key)).ToDictionary();
    }

    [GeneratedRegex(@"^\| (?<where>.*?(?: : |/))(?<file>\w+)\.csv \| (?<rows>\d+) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
