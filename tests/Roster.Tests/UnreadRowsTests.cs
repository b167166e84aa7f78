namespace K12Hub.Roster.Tests;

/// <summary>A row that cannot be read is a defect of the file, not a person who has left.</summary>
public sealed class UnreadRowsTests : IAsyncLifetime
{
    private TestDistrict district = null!;

    public async ValueTask InitializeAsync() => district = await TestDistrict.CreateAsync();

    public ValueTask DisposeAsync() => district.DisposeAsync();

    [Fact]
    public async Task A_row_that_cannot_be_read_leaves_what_is_known_as_it_is()
    {
        await district.ImportAsync(Package.Version12());
        var outcome = await district.ImportAsync(Package.Version12()
            .Change("users.csv", "leo,,,true", "leo,,,perhaps"));

        Assert.Equal((ImportStatus.Unchanged, "users !1"), (outcome.Status, Counts.Of(outcome)));
        Assert.Equal("0", await district.OneAsync("select count(*) from roster.people where ended_at is not null"));
    }

    [Fact]
    public async Task What_really_left_ends_all_the_same()
    {
        district.Limits = TestDistrict.NoGrace;
        await district.ImportAsync(Package.Version12());
        var outcome = await district.ImportAsync(Package.Version12()
            .Change("users.csv", "leo,,,true", "leo,,,perhaps")
            .Without("users.csv", "mia").Without("roles.csv", "r3").Without("demographics.csv", "mia"));

        Assert.Equal("demographics -1; roles -1; users -1 !1", Counts.Of(outcome));
        Assert.Equal("mia", await district.OneAsync("select sourced_id from roster.people where ended_at is not null"));
    }

    [Fact]
    public async Task The_roles_within_a_1_1_row_that_cannot_be_read_stay_too()
    {
        await district.ImportAsync(Package.Version11());
        var outcome = await district.ImportAsync(Package.Version11()
            .Change("users.csv", "okafor,,,true", "okafor,,,perhaps"));

        Assert.Equal((ImportStatus.Unchanged, "users !1"), (outcome.Status, Counts.Of(outcome)));
    }

    [Fact]
    public async Task Nothing_ends_in_a_file_with_a_row_whose_key_cannot_be_read()
    {
        await district.ImportAsync(Package.Version12());
        var outcome = await district.ImportAsync(Package.Version12()
            .Without("enrollments.csv", "e1").With("enrollments.csv", ",,,math3a,lincoln,leo,student,,,"));

        Assert.Equal((ImportStatus.Unchanged, "enrollments !1"), (outcome.Status, Counts.Of(outcome)));
        Assert.Contains(outcome.Findings, finding => finding.Rule == "row.unknown");
    }
}
