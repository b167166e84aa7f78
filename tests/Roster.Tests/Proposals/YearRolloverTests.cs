using K12Hub.Contracts;
using K12Hub.Testing;

namespace K12Hub.Roster.Tests;

/// <summary>When a school year is over its classes and enrollments end, all at once, and nobody has to look.</summary>
public sealed class YearRolloverTests : IAsyncLifetime
{
    private const int Students = 60;
    private static readonly DateTimeOffset Autumn = new(2026, 9, 7, 2, 0, 0, TimeSpan.Zero);

    private readonly ManualTime time = new(Autumn);
    private TestDistrict district = null!;

    public async ValueTask InitializeAsync()
    {
        district = await TestDistrict.CreateAsync(time);
        Assert.Equal(ImportStatus.Applied, (await district.ImportAsync(With(2027))).Status);
    }

    public ValueTask DisposeAsync() => district.DisposeAsync();

    [Theory]
    [InlineData("2027-07-01")] // The old year's last day was 11 June.
    [InlineData("2027-06-04")] // A week of it is left, but the source has gone on.
    public async Task The_next_year_takes_the_place_of_the_last_one(string day)
    {
        var run = await ImportAsync(day, With(2028));

        Assert.Equal(
            (ImportStatus.Applied, "academicSessions +1 -1; classes +6 -6; courses +1 -1; enrollments +60 -60"),
            (run.Status, Counts.Of(run)));
        Assert.Equal(
            "60 enrollments end because their sessions are over; they are not taken for a mistake.",
            run.Findings.Single(finding => finding is { Rule: "hold.past", File: "enrollments.csv" }).Message);
    }

    [Fact]
    public async Task Both_years_may_be_there_at_once()
    {
        Assert.Equal(ImportStatus.Applied, (await ImportAsync("2027-06-01", With(2027, 2028))).Status);
        var run = await ImportAsync("2027-07-01", With(2028));
        Assert.Equal(
            (ImportStatus.Applied, "academicSessions -1; classes -6; courses -1; enrollments -60"),
            (run.Status, Counts.Of(run)));
    }

    [Fact]
    public async Task A_source_that_serves_a_year_that_is_over_while_another_goes_on_is_held()
    {
        Assert.Equal(ImportStatus.Applied, (await ImportAsync("2027-06-01", With(2027, 2028))).Status);

        var run = await ImportAsync("2027-10-01", With(2027));

        Assert.Equal(ImportStatus.Held, run.Status);
        Assert.Contains(run.Findings, finding => finding.Rule == "hold.sessionsPast");
        Assert.DoesNotContain(
            (await ImportAsync("2027-10-02", With(2028))).Findings, finding => finding.Rule == "hold.sessionsPast");
    }

    [Fact]
    public async Task In_summer_the_last_year_may_go_before_the_next_one_is_there()
    {
        var run = await ImportAsync("2027-07-01", With());
        Assert.Equal(
            (ImportStatus.Applied, "academicSessions -1; classes -6; courses -1; enrollments -60"),
            (run.Status, Counts.Of(run)));
    }

    [Theory]
    [InlineData("2027-03-01")]
    [InlineData("2027-05-20")] // More than two weeks early.
    public async Task A_year_that_goes_on_is_held(string day) =>
        Assert.Equal(ImportStatus.Held, (await ImportAsync(day, With(2028))).Status);

    [Fact]
    public async Task Early_only_a_later_year_takes_its_place() =>
        Assert.Equal(ImportStatus.Held, (await ImportAsync("2027-06-04", With())).Status);

    [Fact]
    public async Task Early_a_year_that_is_still_sent_keeps_its_classes()
    {
        var package = With(2027, 2028);
        for (var number = 1; number <= Students; number++) package.Without("enrollments.csv", $"e{number}-2027");
        Assert.Equal(ImportStatus.Held, (await ImportAsync("2027-06-04", package)).Status);
    }

    [Fact]
    public async Task Who_leaves_with_the_year_is_looked_at_all_the_same()
    {
        var package = With(2028);
        for (var number = 1; number <= 6; number++)
        {
            package.Without("users.csv", $"s{number}").Without("roles.csv", $"s{number}")
                .Without("enrollments.csv", $"e{number}-2028");
        }

        var run = await ImportAsync("2027-07-01", package);
        Assert.Equal(ImportStatus.Held, run.Status);
        Assert.Equal(
            "users.csv", Assert.Single(run.Findings, finding => finding.Effect is FindingEffect.RunHeld).File);
    }

    [Fact]
    public async Task What_ends_besides_counts_without_what_is_past()
    {
        Assert.Equal(ImportStatus.Applied, (await ImportAsync("2027-06-01", With(2027, 2028))).Status);

        // Six of the sixty that are left are more than five per cent; of all hundred and twenty they would be less.
        var package = With(2028);
        for (var number = 1; number <= 6; number++) package.Without("enrollments.csv", $"e{number}-2028");
        var run = await ImportAsync("2027-07-01", package);
        Assert.Equal(ImportStatus.Held, run.Status);
        Assert.StartsWith("6 of 60 enrollments of Lincoln Elementary would end",
            run.Findings.Single(finding => finding.Rule == "hold.schoolShare").Message, StringComparison.Ordinal);
    }

    private Task<ImportOutcome> ImportAsync(string day, Package package)
    {
        var target = DateTimeOffset.Parse($"{day}T02:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        time.Advance(target - time.GetUtcNow());
        return district.ImportAsync(package);
    }

    /// <summary>Sixty students in six classes of ten, in each of some school years.</summary>
    private static Package With(params int[] years)
    {
        var package = Package.Version12()
            .Without("academicSessions.csv", "year", "fall").Without("courses.csv", "math3")
            .Without("classes.csv", "math3a").Without("enrollments.csv", "e1", "e2");
        for (var number = 1; number <= Students; number++)
        {
            package.With("users.csv", $"s{number},,,true,s{number},,Student,Number,,,,,,,03,,,,,,lincoln,")
                .With("roles.csv", $"s{number},,,s{number},primary,student,,,lincoln,");
        }

        foreach (var year in years)
        {
            package.With("academicSessions.csv", $"y{year},,,{year},schoolYear,{year - 1}-08-31,{year}-06-12,,{year}")
                .With("courses.csv", $"math-{year},,,y{year},Mathematics,M3,03,lincoln,Mathematics,02000");
            for (var number = 1; number <= Students / 10; number++)
            {
                var terms = number % 2 == 0 ? "" : $"y{year}"; // Many systems leave it to the course.
                package.With("classes.csv",
                    $"c{number}-{year},,,Class,03,math-{year},,scheduled,,lincoln,{terms},,,");
            }

            for (var number = 1; number <= Students; number++)
            {
                package.With("enrollments.csv",
                    $"e{number}-{year},,,c{((number - 1) / 10) + 1}-{year},lincoln,s{number},student,,,");
            }
        }

        return package;
    }
}
