using K12Hub.District;

namespace K12Hub.Roster.Tests;

/// <summary>A district of the generator, night after night: a run finds what the generator changed.</summary>
public sealed class GeneratedDistrictTests
{
    [Theory]
    [InlineData("1.1", false)]
    [InlineData("1.2", false)]
    [InlineData("1.2", true)]
    public async Task Each_night_finds_exactly_what_the_generator_changed(string version, bool ownerIsBound)
    {
        await using var district = await (ownerIsBound ? TestDistrict.CreateBoundAsync() : TestDistrict.CreateAsync());
        district.Limits = TestDistrict.NoGrace;
        var plan = new DistrictPlan(Students: 400, Seed: 7);
        Assert.Empty((await ImportAsync(district, plan, version)).Findings);

        foreach (var day in (int[])[1, 2, 3])
        {
            var outcome = await ImportAsync(district, plan with { Day = day }, version);
            var changes = ChangeList.Of(plan with { Day = day }, version).Counts;
            Assert.Equal(
                changes.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c =>
                    (c.Key, c.Value.Added, c.Value.Changed, c.Value.Ended)),
                outcome.Counts.Where(c => changes.ContainsKey(c.Key)).OrderBy(c => c.Key, StringComparer.Ordinal)
                    .Select(c => (c.Key, c.Value.Added + c.Value.Returned, c.Value.Changed, c.Value.Ended)));
        }
    }

    [Fact]
    public async Task A_first_import_leaves_the_tables_with_all_their_indexes()
    {
        const string indexes = "select indexdef from pg_indexes where schemaname = 'roster' order by indexdef";
        await using var district = await TestDistrict.CreateAsync();
        var before = await district.ListAsync(indexes);
        var outcome = await ImportAsync(district, new DistrictPlan(Students: 400, Seed: 7), "1.2");
        Assert.True(outcome.Counts["enrollments"].Added > 1_000);
        Assert.Equal(before, await district.ListAsync(indexes));
    }

    private static async Task<ImportOutcome> ImportAsync(TestDistrict district, DistrictPlan plan, string version)
    {
        var folder = Directory.CreateTempSubdirectory("k12hub-district-");
        try
        {
            var zip = Path.Combine(folder.FullName, "district.zip");
            await OneRosterCsvWriter.WriteZipAsync(plan, version, zip, TestContext.Current.CancellationToken);
            return await district.ImportAsync(zip);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
