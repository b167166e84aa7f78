namespace K12Hub.District.Tests;

public sealed class ReferencesTests
{
    [Theory]
    [InlineData("1.1", 0)]
    [InlineData("1.2", 0)]
    [InlineData("1.2", 90)]
    public async Task Every_reference_leads_to_a_row(string version, int day)
    {
        var package = await Package.WriteAsync(new(2000, Day: day), version);

        AllLead(package, "orgs", "parentSourcedId", "orgs");
        AllLead(package, "academicSessions", "parentSourcedId", "academicSessions");
        AllLead(package, "courses", "orgSourcedId", "orgs");
        AllLead(package, "courses", "schoolYearSourcedId", "academicSessions");
        AllLead(package, "classes", "courseSourcedId", "courses");
        AllLead(package, "classes", "schoolSourcedId", "orgs");
        AllLead(package, "classes", "termSourcedIds", "academicSessions");
        AllLead(package, "users", "agentSourcedIds", "users");
        AllLead(package, "enrollments", "userSourcedId", "users");
        AllLead(package, "enrollments", "classSourcedId", "classes");
        AllLead(package, "enrollments", "schoolSourcedId", "orgs");
        AllLead(package, "demographics", "sourcedId", "users");
    }

    [Fact]
    public async Task Users_name_their_organizations_where_their_version_wants_it()
    {
        AllLead(await Package.WriteAsync(new(500), "1.1"), "users", "orgSourcedIds", "orgs");
        var newer = await Package.WriteAsync(new(500), "1.2");
        AllLead(newer, "users", "primaryOrgSourcedId", "orgs");
        AllLead(newer, "roles", "orgSourcedId", "orgs");
        AllLead(newer, "roles", "userSourcedId", "users");
        Assert.Empty(newer.Ids("users").Except(newer.Rows("roles").Select(role => role["userSourcedId"])));
    }

    [Fact]
    public async Task Keys_are_unique_in_their_file()
    {
        var package = await Package.WriteAsync(new(3000, Day: 120), "1.2");

        foreach (var file in package.Files.Keys.Where(file => file != "manifest.csv"))
        {
            var rows = package.Rows(file[..^4]).Select(row => row["sourcedId"]).ToList();
            Assert.Equal(rows.Count, rows.Distinct().Count());
        }
    }

    [Fact]
    public async Task Agents_are_named_on_both_sides()
    {
        var users = (await Package.WriteAsync(new(1000, Day: 200), "1.1")).Rows("users")
            .ToDictionary(user => user["sourcedId"], user => Package.Split(user["agentSourcedIds"]));

        Assert.All(users, user => Assert.All(user.Value, agent => Assert.Contains(user.Key, users[agent])));
    }

    [Fact]
    public async Task The_manifest_names_every_file_of_the_version()
    {
        var modes = (await Package.WriteAsync(new(500), "1.1")).Rows("manifest")
            .ToDictionary(row => row["propertyName"], row => row["value"]);

        Assert.Equal(13, modes.Keys.Count(name => name.StartsWith("file.", StringComparison.Ordinal)));
        Assert.Equal(("1.1", "bulk", "absent"),
            (modes["oneroster.version"], modes["file.users"], modes["file.results"]));
    }

    private static void AllLead(Package package, string from, string column, string to)
    {
        var known = package.Ids(to);
        Assert.All(package.Rows(from), row =>
            Assert.DoesNotContain(Package.Split(row[column]), id => !known.Contains(id)));
    }
}
