using System.Text.Json.Nodes;
using K12Hub.District;
using K12Hub.Testing;

namespace K12Hub.Roster.Tests;

/// <summary>A generated district from the first day of school on, night after night: tables and API are what the
/// generator says the district is, and a night that is taken back has never been.</summary>
public sealed class ThirtyNightsTests : IAsyncLifetime
{
    private const int Nights = 30;
    private const int TakenBack = 17;

    private const string Stored = """
        select 'org ' || concat_ws('|', sourced_id, name, type) from roster.organizations where ended_at is null
        union all
        select 'session ' || concat_ws('|', sourced_id, title, end_date)
          from roster.academic_sessions where ended_at is null
        union all
        select 'course ' || concat_ws('|', sourced_id, title, course_code) from roster.courses where ended_at is null
        union all
        select 'class ' || concat_ws('|', c.sourced_id, c.title, c.location, s.sourced_id)
          from roster.classes c join roster.organizations s on s.id = c.school_id where c.ended_at is null
        union all
        select 'person ' || concat_ws('|', sourced_id, given_name, family_name, middle_name, email, phone)
          from roster.people where ended_at is null
        union all
        select 'role ' || concat_ws('|', p.sourced_id, r.role, o.sourced_id)
          from roster.person_roles r join roster.people p on p.id = r.person_id
          join roster.organizations o on o.id = r.organization_id where r.ended_at is null
        union all
        select 'enrollment ' || concat_ws('|', e.sourced_id, c.sourced_id, p.sourced_id, e.role, e.begin_date)
          from roster.enrollments e join roster.classes c on c.id = e.class_id
          join roster.people p on p.id = e.person_id where e.ended_at is null
        union all
        select 'demographics ' || concat_ws('|', p.sourced_id, d.birth_date)
          from roster.demographics d join roster.people p on p.id = d.person_id where d.ended_at is null
        """;

    // On its seventeenth day families come and go, and a class moves.
    private static readonly DistrictPlan Plan = new(Students: 300, Seed: 45);

    private readonly ManualTime time = new(new(2026, 8, 17, 2, 0, 0, TimeSpan.Zero));
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("k12hub-nights-");
    private TestDistrict district = null!;
    private RosterHub hub = null!;

    public async ValueTask InitializeAsync()
    {
        district = await TestDistrict.CreateAsync(time);
        hub = RosterHub.Of(district);

        // A school of a hundred loses many at once when one family moves, and nobody looks at night.
        district.Limits = new()
        {
            GraceDays = 0, HoldAboveSchoolPercent = 100, HoldAboveKindPercent = 100, HoldAboveSchoolEndings = 1_000,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_night_the_roster_is_the_district_and_a_night_taken_back_has_never_been()
    {
        var applied = 0;
        for (var night = 0; night <= Nights; night++)
        {
            var before = await district.RosterAsync();
            var run = await ImportAsync(night);
            if (run.Status is ImportStatus.Applied) applied++;
            await CompareAsync(night);
            if (night != TakenBack) continue;

            Assert.Equal(ImportStatus.Applied, run.Status);
            await RollBackAsync(run);
            Assert.Equal(before, await district.RosterAsync());
            await CompareAsync(night - 1);
            Assert.Equal(Counts.Of(run), Counts.Of(await ImportAsync(night)));
            await CompareAsync(night);
        }

        Assert.InRange(applied, Nights / 2, Nights + 1);
    }

    private async Task<ImportOutcome> ImportAsync(int night)
    {
        time.Advance(TimeSpan.FromHours(24));
        var zip = Path.Combine(folder.FullName, "district.zip");
        await OneRosterCsvWriter.WriteZipAsync(
            Plan with { Day = night }, "1.2", zip, TestContext.Current.CancellationToken);
        var outcome = await district.ImportAsync(zip);
        Assert.True(
            outcome.Status is ImportStatus.Applied or ImportStatus.Unchanged, $"Night {night}: {outcome.ToJson()}");
        return outcome;
    }

    private async Task RollBackAsync(ImportOutcome run)
    {
        var listed = JsonNode.Parse(await hub.AskAsync("{ syncRuns(first: 1) { nodes { id } } }"));
        var id = (string)listed!["data"]!["syncRuns"]!["nodes"]![0]!["id"]!;
        Assert.Contains("\"rolledBack\"", await hub.AskAsync(
            $"mutation {{ rollBackSyncRun(input: {{ id: \"{id}\" }}) {{ syncRun {{ status }} }} }}"),
            StringComparison.Ordinal);
        Assert.Equal("rolledBack", await district.OneAsync(
            $"select status from roster.sync_runs where id = '{run.Run}'"));
    }

    private async Task CompareAsync(int night)
    {
        var truth = GeneratedDistrict.From(Plan with { Day = night });
        Assert.Equal(Sorted(Rows(truth)), Sorted(await district.ListAsync(Stored)));
        Assert.Equal(Sorted(Students(truth)), Sorted(await ListedStudentsAsync()));
    }

    private static IEnumerable<string> Rows(GeneratedDistrict truth) =>
    [
        .. truth.Orgs.Select(org => Row("org", org.Id, org.Name, org.Type)),
        .. truth.Sessions.Select(session => Row("session", session.Id, session.Title, session.End.ToString("O"))),
        .. truth.Courses.Select(course => Row("course", course.Id, course.Title, course.Code)),
        .. truth.Classes.Select(one => Row("class", one.Id, one.Title, one.Location, one.SchoolId)),
        .. truth.People.Select(person => Row("person", person.Id, person.GivenName, person.FamilyName,
            person.MiddleName, person.Email, person.Phone)),
        .. truth.People.SelectMany(person => person.Roles.Select(role =>
            Row("role", person.Id, role.Role, role.OrgId))),
        .. truth.Enrollments.Select(seat => Row("enrollment", seat.Id, seat.ClassId, seat.PersonId,
            seat.Teacher ? "teacher" : "student", seat.Begin.ToString("O"))),
        .. truth.Demographics.Select(facts => Row("demographics", facts.PersonId, facts.BirthDate.ToString("O"))),
    ];

    private static IEnumerable<string> Students(GeneratedDistrict truth) =>
        from person in truth.People
        let student = person.Roles.FirstOrDefault(role => role.Role == "student")
        where student is not null
        select Row("student", person.Id, person.GivenName, person.FamilyName, person.Grade, student.OrgId);

    /// <summary>All students as the API lists them, page by page.</summary>
    private async Task<List<string>> ListedStudentsAsync()
    {
        var (all, after) = (new List<string>(), "null");
        for (var more = true; more;)
        {
            var answer = JsonNode.Parse(await hub.AskAsync($$"""
                { students(first: 100, after: {{after}}) {
                    nodes { sourcedId givenName familyName grade school { sourcedId } }
                    pageInfo { hasNextPage endCursor } } }
                """))!["data"]!["students"]!;
            all.AddRange(answer["nodes"]!.AsArray().Select(one => Row(
                "student", (string)one!["sourcedId"]!, (string?)one["givenName"], (string?)one["familyName"],
                (string?)one["grade"], (string?)one["school"]?["sourcedId"])));
            more = (bool)answer["pageInfo"]!["hasNextPage"]!;
            after = answer["pageInfo"]!["endCursor"]!.ToJsonString();
        }

        return all;
    }

    private static string Row(string kind, params string?[] cells) =>
        $"{kind} {string.Join('|', cells.Where(cell => cell is not null))}";

    private static List<string> Sorted(IEnumerable<string> rows) => [.. rows.Order(StringComparer.Ordinal)];
}
