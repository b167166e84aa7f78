using System.Net;
using K12Hub.OneRosterProvider.Asking;
using static K12Hub.OneRosterProvider.Tests.DirectoryDistrict;

namespace K12Hub.OneRosterProvider.Tests;

/// <summary>A client whose basis is directory information gets what the district named and nothing else of anybody
/// (34 CFR 99.37). Over HTTP, of rosters that came as 1.1 and as 1.2.</summary>
public sealed class DirectoryOnlyTests
{
    [Fact]
    public async Task Before_the_district_named_something_nobody_is_there()
    {
        await using var hub = await WithStudentsAsync("1.2");
        using var client = await hub.ClientAsync();

        Assert.All(await TotalsAsync(client), total => Assert.Equal(0, total));
        await NameAsync(hub, "EMAIL, GRADE_LEVEL");
        Assert.All(await TotalsAsync(client), total => Assert.Equal(0, total));
        Assert.NotEmpty(await client.IdsAsync("classes"));
    }

    [Theory]
    [InlineData("""noticeDate: "2099-01-01", limitedTo: []""")]
    [InlineData("""noticeDate: "2020-01-01", limitedTo: []""")]
    [InlineData("""noticeDate: "2026-08-20", limitedTo: ["PTA"]""")]
    public async Task Without_a_notice_that_covers_the_party_nobody_is_there(string terms)
    {
        await using var hub = await WithStudentsAsync("1.2");
        using var client = await hub.ClientAsync();
        await NameAsync(hub, Everything, terms);

        Assert.All(await TotalsAsync(client), total => Assert.Equal(0, total));
        await NameAsync(hub, Everything, $"""noticeDate: "{Today}", limitedTo: ["yearbook inc"]""");
        Assert.DoesNotContain(0, await TotalsAsync(client));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task What_was_named_goes_out_and_nothing_besides(string version)
    {
        await using var hub = await WithStudentsAsync(version);
        using var client = await hub.ClientAsync();
        var students = await hub.ListAsync("select id from roster.people where is_student and ended_at is null");
        await NameAsync(hub, "NAME, GRADE_LEVEL");

        var (answer, _) = await client.AskAsync("users?limit=10000");
        var people = await client.RowsAsync("users?limit=10000");

        Assert.Equal(students.Count, Json.Total(answer));
        Assert.Equal(students.Count, people.Length);
        Assert.Equal(people.Select(Json.Id), await client.IdsAsync("students?limit=10000"));
        Assert.All(people, person => Assert.Equal(
            ["dateLastModified", "enabledUser", "familyName", "givenName", "grades", "roles", "sourcedId", "status"],
            person.EnumerateObject().Select(field => field.Name).Except(["middleName", "agents", "preferredFirstName",
                "preferredMiddleName", "preferredLastName"]).Order(StringComparer.Ordinal)));
        Assert.All(people, person => Assert.Equal("student", Role(person).GetProperty("role").GetString()));
        Assert.All(people, person => Assert.False(Role(person).TryGetProperty("org", out _)));
        Assert.Equal(0, await TotalAsync(client, "demographics"));
    }

    [Fact]
    public async Task No_number_of_a_student_goes_out_and_what_stands_for_it_opens_that_one_alone()
    {
        await using var hub = await WithStudentsAsync("1.2");
        using var client = await hub.ClientAsync();
        await NameAsync(hub, Everything);
        var known = (await hub.ListAsync("select id from roster.people"))
            .Concat(await hub.ListAsync("select sourced_id from roster.people")).ToHashSet();
        var (answer, body) = await client.AskAsync("students?limit=10");
        var (key, name) = body.GetProperty("users").EnumerateArray()
            .Select(one => (Json.Id(one), one.GetProperty("familyName").GetString())).First();

        Assert.All(await client.IdsAsync("students?limit=10000"), id => Assert.DoesNotContain(id, known));
        Assert.DoesNotContain(known, id => body.ToString().Contains($"\"{id}\"", StringComparison.Ordinal));
        var next = Json.Link(answer, "next")!;
        var mark = MarkText.Read(next.Split("after=")[1].Split('&')[0])!;
        Assert.DoesNotContain(mark.Last.ToString(), known);
        Assert.Equal(name, (await client.AskAsync($"users/{key}")).Body.GetProperty("user")
            .GetProperty("familyName").GetString());
        Assert.Equal([key], await client.IdsAsync($"users?filter=sourcedId='{key}'"));
        Assert.Equal([key], await client.IdsAsync($"demographics?filter=sourcedId='{key}'"));
        Assert.Equal("invalid_filter_field", (await client.RefusalAsync($"users?filter=sourcedId>'{key}'")).Code);
        var number = (await hub.ListAsync("select sourced_id from roster.people where is_student limit 1"))[0];
        Assert.Equal((404, "unknownobject"), await client.RefusalAsync($"users/{number}"));
        Assert.Empty(await client.IdsAsync($"users?filter=sourcedId='{number}'"));
    }

    [Fact]
    public async Task Whoever_reads_page_by_page_reads_each_student_once()
    {
        await using var hub = await WithStudentsAsync("1.2");
        using var client = await hub.ClientAsync();
        await NameAsync(hub, Everything);
        await OptOutAsync(hub, (await StudentsAsync(hub, 1))[0], "NAME");
        var whole = await client.IdsAsync("students?limit=10000");
        var walked = new List<string>();
        for (var next = "students?limit=17"; next is not null;)
        {
            var (answer, body) = await client.AskAsync(next);
            walked.AddRange(body.GetProperty("users").EnumerateArray().Select(Json.Id));
            Assert.Equal(whole.Length, Json.Total(answer));
            next = Json.Link(answer, "next")?[client.BaseAddress!.ToString().Length..];
        }

        Assert.Equal(whole, walked);
        Assert.Equal(whole.Length, walked.Distinct().Count());
    }

    [Fact]
    public async Task What_tells_more_of_people_is_refused_and_what_tells_nothing_of_them_is_not()
    {
        await using var hub = await WithStudentsAsync("1.2");
        using var client = await hub.ClientAsync();
        await NameAsync(hub, Everything);
        string[] open =
        [
            "orgs", "orgs/*", "schools", "schools/*", "academicSessions", "academicSessions/*", "terms", "terms/*",
            "gradingPeriods", "gradingPeriods/*", "courses", "courses/*", "classes", "classes/*", "users", "users/*",
            "students", "students/*", "demographics", "demographics/*", "schools/*/classes", "schools/*/courses",
            "schools/*/students", "schools/*/terms", "courses/*/classes", "terms/*/classes",
            "terms/*/gradingPeriods",
        ];

        foreach (var route in ProviderRoute.All)
        {
            using var answer = await client.GetAsync(
                new Uri(route.Template.Replace("*", "x", StringComparison.Ordinal), UriKind.Relative), ProviderHub.Ct);
            Assert.Equal(
                (route.Template, !open.Contains(route.Template)),
                (route.Template, answer.StatusCode == HttpStatusCode.Forbidden));
        }
    }

    [Fact]
    public async Task It_is_written_down_which_students_went_out_on_which_basis()
    {
        await using var hub = await WithStudentsAsync("1.2");
        using var client = await hub.ClientAsync();
        await NameAsync(hub, Everything);
        await client.IdsAsync("students?limit=1");

        Assert.Equal("1", (await hub.ListAsync(
            """
            select count(*) from es.audit_people a join roster.people p on p.id = any(a.students) and p.is_student
             where exists (select from es.audit_records r where r::text like '%directoryInformation%')
            """))[0]);
    }
}
