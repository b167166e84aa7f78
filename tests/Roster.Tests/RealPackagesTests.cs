namespace K12Hub.Roster.Tests;

/// <summary>Packages of real systems. They are not part of this repository: K12HUB_SAMPLES names a folder of
/// sets.</summary>
public sealed class RealPackagesTests
{
    public static TheoryData<string> Packages => new(Environment.GetEnvironmentVariable("K12HUB_SAMPLES") is { } root
        ? Directory.EnumerateFiles(root, "*.zip", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(root, "manifest.csv", SearchOption.AllDirectories)
                .Select(manifest => Path.GetDirectoryName(manifest)!))
            .Select(path => Path.GetRelativePath(root, path)).Order(StringComparer.Ordinal).Select(Row)
        : [Row("")]);

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Every_row_of_a_package_is_stored_or_named_and_the_second_import_changes_nothing(string package)
    {
        Assert.SkipWhen(package == "", "K12HUB_SAMPLES does not name a folder of OneRoster sets.");
        var path = Path.Combine(Environment.GetEnvironmentVariable("K12HUB_SAMPLES")!, package);
        await using var district = await TestDistrict.CreateAsync();

        var first = await district.ImportAsync(path);
        TestContext.Current.TestOutputHelper?.WriteLine($"{package}: {first.Status} {Counts.Of(first)}");
        Assert.NotEqual(ImportStatus.Rejected, first.Status);

        foreach (var kind in RosterKinds.All.Except(RosterKinds.Apart))
        {
            var stored = await district.OneAsync($"select count(*) from {kind.View}");
            var counts = first.Counts[kind.Collection];
            Assert.Equal(counts.Added.ToString(null, null), stored);

            // Roles within users have no rows of their own.
            var gone = first.Findings.Count(f => f.Rule == "status.toBeDeleted" && f.File == $"{kind.Collection}.csv");
            var (read, _) = district.RowsRead(kind.Collection);
            if (read > 0) Assert.Equal(read, counts.Added + counts.Rejected + gone);
        }

        var second = await district.ImportAsync(path);
        Assert.Equal(ImportStatus.Unchanged, second.Status);
        Assert.Equal(
            first.Counts.Select(pair => (pair.Key, pair.Value.Rejected)),
            second.Counts.Select(pair => (pair.Key, pair.Value.Rejected)));
    }

    private static TheoryDataRow<string> Row(string package) => new(package);
}
