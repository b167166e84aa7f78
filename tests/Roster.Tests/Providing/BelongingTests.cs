using K12Hub.Contracts;

namespace K12Hub.Roster.Tests.Providing;

/// <summary>What belongs to a school, a class, a course, a term or a person, as LINQ over all records says
/// it.</summary>
public sealed class BelongingTests(ProvidedDistrict provided) : IClassFixture<ProvidedDistrict>
{
    private const string Source = ImportOptions.MainSource;

    [Fact]
    public async Task Lists_of_a_school_hold_what_is_at_the_school()
    {
        var all = await Everything.ReadAsync(provided);
        var terms = all.Sessions.Where(session => session.Type == "term").Select(session => session.SourcedId);
        var school = all.Classes.First(one => one.TermSourcedIds.Intersect(terms).Any()).SchoolSourcedId;
        var here = all.Classes.Where(one => one.SchoolSourcedId == school).ToList();
        var now = here.Where(one => one.Status is RecordStatus.Active).ToList();

        await HoldsAsync(RosterList.Classes, here, new RosterOwner(RosterList.Schools, school));
        await HoldsAsync(RosterList.Courses, all.Courses.Where(course => course.OrgSourcedId == school
            || now.Any(one => one.CourseSourcedId == course.SourcedId)), new RosterOwner(RosterList.Schools, school));
        await HoldsAsync(RosterList.Terms, all.Sessions.Where(session => session.Type == "term"
            && now.Any(one => one.TermSourcedIds.Contains(session.SourcedId))),
            new RosterOwner(RosterList.Schools, school));
        await HoldsAsync(RosterList.Enrollments, all.Enrollments.Where(one => one.SchoolSourcedId == school),
            new RosterOwner(RosterList.Schools, school));
        foreach (var (list, role) in ((RosterList, string)[])
            [(RosterList.Students, "student"), (RosterList.Teachers, "teacher")])
        {
            await HoldsAsync(list, all.Users.Where(user => user.Status is RecordStatus.Active
                && user.Roles.Any(one => one.Role == role && one.OrgSourcedId == school)),
                new RosterOwner(RosterList.Schools, school));
        }
    }

    [Fact]
    public async Task Lists_of_a_class_hold_who_is_in_it_now()
    {
        var all = await Everything.ReadAsync(provided);
        var one = all.Classes.First(one => one.Status is RecordStatus.Active);
        var parts = all.Enrollments.Where(part => part.ClassSourcedId == one.SourcedId).ToList();
        var school = new RosterOwner(RosterList.Schools, one.SchoolSourcedId);
        var itself = new RosterOwner(RosterList.Classes, one.SourcedId);
        var elsewhere = all.Classes.First(other => other.SchoolSourcedId != one.SchoolSourcedId).SchoolSourcedId;

        await HoldsAsync(RosterList.Enrollments, parts, school, itself);
        foreach (var (list, role) in ((RosterList, string)[])
            [(RosterList.Students, "student"), (RosterList.Teachers, "teacher")])
        {
            var people = all.Users.Where(user => parts.Any(part => part.Status is RecordStatus.Active
                && part.Role == role && part.UserSourcedId == user.SourcedId)).ToList();
            await HoldsAsync(list, people, itself);
            await HoldsAsync(list, people, school, itself);
            Assert.Null(await provided.Reader.OpenAsync(
                new(Source, list) { Limit = 1, Of = [school with { SourcedId = elsewhere }, itself] },
                TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Lists_of_courses_terms_and_people_hold_their_classes()
    {
        var all = await Everything.ReadAsync(provided);
        var course = all.Classes.First(one => one.CourseSourcedId is not null).CourseSourcedId!;
        var term = all.Sessions.First(session => session.Type == "gradingPeriod").ParentSourcedId!;

        await HoldsAsync(RosterList.Classes, all.Classes.Where(one => one.CourseSourcedId == course),
            new RosterOwner(RosterList.Courses, course));
        await HoldsAsync(RosterList.Classes, all.Classes.Where(one => one.TermSourcedIds.Contains(term)),
            new RosterOwner(RosterList.Terms, term));
        await HoldsAsync(RosterList.GradingPeriods, all.Sessions.Where(session =>
            session.Type == "gradingPeriod" && session.ParentSourcedId == term),
            new RosterOwner(RosterList.Terms, term));
        foreach (var (list, role) in ((RosterList, string)[])
            [(RosterList.Students, "student"), (RosterList.Teachers, "teacher"), (RosterList.Users, "student")])
        {
            var person = all.Enrollments.First(part => part.Role == role && part.Status is RecordStatus.Active)
                .UserSourcedId;
            var taken = all.Enrollments.Where(part =>
                part.UserSourcedId == person && part.Status is RecordStatus.Active).ToList();
            await HoldsAsync(RosterList.Classes, all.Classes.Where(one =>
                taken.Any(part => part.ClassSourcedId == one.SourcedId)), new RosterOwner(list, person));
        }
    }

    private async Task HoldsAsync(RosterList list, IEnumerable<RosterRecord> expected, params RosterOwner[] of)
    {
        var found = await provided.WalkAsync(new(Source, list) { Limit = 10_000, Of = of });
        Assert.NotEmpty(found);
        Assert.Equal(expected.Select(record => record.SourcedId), found.Select(record => record.SourcedId));
    }

    private sealed record Everything(
        List<AcademicSessionRecord> Sessions, List<CourseRecord> Courses, List<ClassRecord> Classes,
        List<UserRecord> Users, List<EnrollmentRecord> Enrollments)
    {
        public static async Task<Everything> ReadAsync(ProvidedDistrict provided)
        {
            return new(
                await AllAsync<AcademicSessionRecord>(RosterList.AcademicSessions),
                await AllAsync<CourseRecord>(RosterList.Courses), await AllAsync<ClassRecord>(RosterList.Classes),
                await AllAsync<UserRecord>(RosterList.Users),
                await AllAsync<EnrollmentRecord>(RosterList.Enrollments));

            async Task<List<T>> AllAsync<T>(RosterList list)
                where T : RosterRecord =>
                [.. (await provided.AllAsync(list)).Cast<T>()];
        }
    }
}
