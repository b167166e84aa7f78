namespace K12Hub.Roster.Tests;

/// <summary>A file of changes says nothing about what is not in it.</summary>
public sealed class DeltaTests : IAsyncLifetime
{
    private TestDistrict district = null!;

    public async ValueTask InitializeAsync() => district = await TestDistrict.CreateAsync();

    public ValueTask DisposeAsync() => district.DisposeAsync();

    [Fact]
    public async Task What_is_not_in_a_file_of_changes_stays()
    {
        await district.ImportAsync(Package.Version12());
        var outcome = await district.ImportAsync(Package.Version12()
            .Sent("users", "delta").Without("users.csv", "ana", "leo", "reyes", "okafor")
            .Change("users.csv", "Mía", "Maya"));
        Assert.Equal("users ~1", Counts.Of(outcome));
    }

    [Fact]
    public async Task A_row_marked_tobedeleted_ends()
    {
        await district.ImportAsync(Package.Version12());
        var outcome = await district.ImportAsync(Package.Version12()
            .Sent("enrollments", "delta").Without("enrollments.csv", "e2")
            .Change("enrollments.csv", "e1,,,", "e1,tobedeleted,2026-11-01T02:00:00.000Z,"));
        Assert.Equal("enrollments -1", Counts.Of(outcome));
    }

    [Fact]
    public async Task A_package_of_changes_may_leave_out_files()
    {
        await district.ImportAsync(Package.Version12());
        var outcome = await district.ImportAsync(Package.Version12()
            .Sent("orgs", "absent").Sent("roles", "absent").Sent("users", "delta")
            .Without("users.csv", "ana", "leo", "reyes", "okafor").Change("users.csv", "Mía", "Maya"));
        Assert.Equal((ImportStatus.Applied, "users ~1"), (outcome.Status, Counts.Of(outcome)));
    }

    [Fact]
    public async Task A_changed_1_1_user_brings_all_roles_of_the_user_and_of_nobody_else()
    {
        await district.ImportAsync(Package.Version11());
        var outcome = await district.ImportAsync(Package.Version11()
            .Sent("users", "delta").Without("users.csv", "ana", "leo", "mia", "reyes")
            .Change("users.csv", "\"lincoln,district\"", "district"));
        Assert.Equal("roles ~1 -1; users ~1", Counts.Of(outcome));
    }
}
