using System.Security.Cryptography;

namespace K12Hub.District.Tests;

public sealed class DeterminismTests
{
    private static readonly DistrictPlan Small = new(500, Day: 40);

    [Theory]
    [InlineData("1.1", "c14881a095409b48b97c43fdbb5e04137e88901efb89fc4391d0b464b86b5a26")]
    [InlineData("1.2", "33491b9de185b4ea3cc795282eb4bb2456aafd1a4e89748758b1410144f3d4d8")]
    public async Task A_plan_gives_the_same_bytes_on_every_machine(string version, string approved)
    {
        var package = await Package.WriteAsync(Small, version);

        // Another value means that everybody's generated districts change: say so in the changelog.
        Assert.Equal(approved, Fingerprint(package));
    }

    [Fact]
    public async Task Two_runs_write_equal_files() => Assert.Equal(
        Fingerprint(await Package.WriteAsync(Small, "1.2")), Fingerprint(await Package.WriteAsync(Small, "1.2")));

    [Fact]
    public async Task Another_seed_is_another_district() => Assert.NotEqual(
        Fingerprint(await Package.WriteAsync(Small, "1.2")),
        Fingerprint(await Package.WriteAsync(Small with { Seed = 2 }, "1.2")));

    [Fact]
    public void A_larger_district_keeps_the_people_of_the_smaller_one()
    {
        var small = GeneratedDistrict.From(new(1000)).People.Where(person => person.Grade is not null);
        var large = GeneratedDistrict.From(new(5000)).People.ToDictionary(person => person.Id);

        Assert.All(small, person => Assert.Equal(NameOf(person), NameOf(large[person.Id])));
    }

    [Fact]
    public void Another_day_leaves_nearly_everybody_as_they_were()
    {
        var monday = GeneratedDistrict.From(new(2000, Day: 7)).People.ToDictionary(person => person.Id);
        var tuesday = GeneratedDistrict.From(new(2000, Day: 8)).People.ToList();

        var same = tuesday.Count(person =>
            monday.TryGetValue(person.Id, out var before) && NameOf(before) == NameOf(person));

        Assert.InRange(same, tuesday.Count * 99 / 100, tuesday.Count);
    }

    private static string NameOf(Person person) => $"{person.GivenName} {person.MiddleName} {person.FamilyName}";

    private static string Fingerprint(Package package)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, bytes) in package.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
            hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
