namespace K12Hub.District.Tests;

public sealed class DistrictSizeTests
{
    private static readonly GeneratedDistrict Valley = GeneratedDistrict.From(new(12_000));

    [Theory]
    [InlineData(100)]
    [InlineData(2_000)]
    [InlineData(12_345)]
    public void A_district_has_exactly_the_students_asked_for(int students) =>
        Assert.Equal(students, GeneratedDistrict.From(new(students)).People.Count(person => person.Grade is not null));

    [Fact]
    public void Schools_have_believable_sizes()
    {
        var sizes = Valley.People.Where(person => person.Grade is not null).CountBy(person => person.Roles[0].OrgId);

        foreach (var (school, students) in sizes)
        {
            var level = school["SCH-".Length];
            Assert.InRange(students, 200, level switch { 'E' => 850, 'M' => 1_000, _ => 2_200 });
        }
    }

    [Fact]
    public void Classes_have_believable_sizes()
    {
        var sizes = Valley.Enrollments.Where(seat => !seat.Teacher).CountBy(seat => seat.ClassId)
            .Select(size => size.Value);

        Assert.InRange(sizes.Average(), 18, 28);
        Assert.InRange(sizes.Max(), 20, 50);
    }

    [Fact]
    public void Every_class_has_a_teacher() => Assert.Empty(
        Valley.Classes.Select(taught =>
        taught.Id).Except(Valley.Enrollments.Where(seat => seat.Teacher).Select(seat => seat.ClassId)));

    [Fact]
    public void A_secondary_student_has_six_to_eight_classes()
    {
        var classes = Valley.Enrollments
            .Where(seat => !seat.Teacher && !seat.SchoolId.StartsWith("SCH-E", StringComparison.Ordinal))
            .CountBy(seat => seat.PersonId);

        Assert.All(classes, student => Assert.InRange(student.Value, 6, 8));
    }

    [Fact]
    public void Nobody_has_two_classes_in_the_same_period()
    {
        var periods = Valley.Classes.ToDictionary(taught => taught.Id, taught => taught.Period);
        var clashes = Valley.Enrollments.CountBy(seat => (seat.PersonId, periods[seat.ClassId])).Where(seat =>
            seat.Value > 1);

        Assert.Empty(clashes);
    }

    [Fact]
    public void Households_have_siblings_and_some_have_two_homes()
    {
        var students = Valley.People.Where(person => person.Grade is not null).ToList();

        Assert.InRange(students.Count(student => student.Homes.Count == 2), students.Count / 10, students.Count / 4);
        var siblings = students.CountBy(student => student.Homes[0]).Where(home => home.Value > 1).Sum(home =>
            home.Value);
        Assert.InRange(siblings, students.Count / 2, students.Count * 9 / 10);
    }

    [Fact]
    public void About_every_third_household_speaks_another_language()
    {
        var guardians = Valley.People.Where(person =>
            person.Roles[0].Role is "parent" or "guardian" or "relative").ToList();

        Assert.InRange(guardians.Count(guardian => guardian.Language != "en"), guardians.Count / 5,
            guardians.Count * 2 / 5);
    }

    [Theory]
    [InlineData(50_000, "1.1")]
    [InlineData(50_000, "1.2")]
    public async Task A_size_in_rows_is_met_to_within_two_percent(int rows, string version)
    {
        var package = await Package.WriteAsync(DistrictPlan.ForRows(rows, version), version);

        var written = package.Files.Keys.Where(file => file != "manifest.csv").Sum(file =>
            package.Rows(file[..^4]).Count);
        Assert.InRange(written, rows * 98 / 100, rows * 102 / 100);
    }

    [Theory]
    [InlineData(99, 0)]
    [InlineData(1_000_001, 0)]
    [InlineData(100, 301)]
    public void What_is_not_offered_is_said_in_a_sentence(int students, int day)
    {
        var plan = new DistrictPlan(students, Day: day);

        Assert.NotNull(plan.Problem);
        Assert.Throws<ArgumentException>(() => GeneratedDistrict.From(plan));
    }
}
