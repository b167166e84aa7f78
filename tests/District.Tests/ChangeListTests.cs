namespace K12Hub.District.Tests;

public sealed class ChangeListTests
{
    [Theory]
    [InlineData("1.1", 1)]
    [InlineData("1.2", 1)]
    [InlineData("1.1", 60)]
    [InlineData("1.2", 60)]
    public async Task The_change_list_counts_what_a_plain_diff_of_both_packages_finds(string version, int day)
    {
        var plan = new DistrictPlan(3000, Day: day);
        var before = Collections(await Package.WriteAsync(plan with { Day = day - 1 }, version), version);
        var after = Collections(await Package.WriteAsync(plan, version), version);

        var changes = ChangeList.Of(plan, version);

        Assert.Equal(8, changes.Counts.Count);
        foreach (var (name, counts) in changes.Counts) Assert.Equal(Diff(before[name], after[name]), counts);
    }

    [Fact]
    public void Something_of_every_kind_happens_within_two_weeks()
    {
        var days = Enumerable.Range(1, 14).Select(day => ChangeList.Of(new(2000, Day: day), "1.2").Counts).ToList();

        foreach (var name in new[] { "users", "roles", "enrollments", "demographics" })
        {
            Assert.Contains(days, day => day[name].Added > 0);
            Assert.Contains(days, day => day[name].Ended > 0);
        }

        foreach (var name in new[] { "users", "classes", "demographics" })
            Assert.Contains(days, day => day[name].Changed > 0);
    }

    [Fact]
    public void Nothing_precedes_the_first_day() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ChangeList.Of(new(500), "1.2"));

    private static Dictionary<string, Dictionary<string, string>> Collections(Package package, string version)
    {
        var collections = package.Files.Keys.Select(file => file[..^4]).Where(name => name != "manifest").ToDictionary(
            name => name,
            name => package.Rows(name).ToDictionary(row => row["sourcedId"], row => string.Join('|', row.Values)));
        if (version == "1.1")
        {
            collections["roles"] = package.Rows("users").SelectMany(RolesWithin)
                .ToDictionary(role => role.Id, role => role.IsMain);
        }

        return collections;
    }

    private static IEnumerable<(string Id, string IsMain)> RolesWithin(IReadOnlyDictionary<string, string> user) =>
        Package.Split(user["orgSourcedIds"])
            .Select((org, index) => ($"{user["sourcedId"]}|{user["role"]}|{org}", index == 0 ? "main" : "other"));

    private static CollectionChanges Diff(Dictionary<string, string> before, Dictionary<string, string> after) => new(
        after.Keys.Except(before.Keys).Count(),
        after.Count(row => before.TryGetValue(row.Key, out var old) && old != row.Value),
        before.Keys.Except(after.Keys).Count());
}
