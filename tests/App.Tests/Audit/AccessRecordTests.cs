using K12Hub.GraphQL.Conventions;
using System.Net;

namespace K12Hub.App.Tests.Audit;

/// <summary>Who reads records of students is written down before they see them, by whatever way they come.</summary>
public sealed class AccessRecordTests(AuditedDistrict district) : IClassFixture<AuditedDistrict>
{
    private static CancellationToken Ct => HubProcess.Ct;

    [Fact]
    public async Task Fifty_students_in_one_list_are_one_record_with_fifty_ids()
    {
        var before = await district.EndAsync();
        using var answer = await district.PostAsync(
            "{ students(first: 50) { nodes { givenName email phone } } }", ("K12-Purpose", "inquiry 17"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var record = Assert.Single(await district.SinceAsync(before));
        Assert.Equal(
            ("read", "view", "graphql", district.Actor, "inquiry 17", "contact names"),
            (record.Kind, record.Action, record.Via, record.Actor, record.Purpose, record.FieldGroups));
        Assert.Equal(50, record.Students.Distinct().Count());
        Assert.Empty(record.Others);
        Assert.Equal(answer.Headers.GetValues("K12-Request-Id").Single(), record.RequestId);
    }

    [Theory]
    [InlineData("{ students(first: 5) { nodes { id guardians { id } siblings { id } } } }")]
    [InlineData("{ students(first: 5) { edges { node { id } } } }")]
    [InlineData("{ students(first: 5) { nodes { id identity { records { id } } contacts { guardian { id } } } } }")]
    [InlineData("{ students(first: 5) { nodes { id households { students { id } guardians { id } } } } }")]
    [InlineData("{ guardians(first: 5) { nodes { id students { id } relations { student { id } } } } }")]
    [InlineData("{ students(first: 5) { nodes { relations { kind guardian { id } } } } }")]
    [InlineData("{ enrollments(first: 20) { nodes { student { id } person { id } } } }")]
    [InlineData("{ classes(first: 3) { nodes { enrollments(first: 9) { nodes { person { id } } } } } }")]
    [InlineData("{ schools(first: 2) { nodes { students(first: 5) { nodes { id } } } } }")]
    [InlineData("{ demographics(first: 5) { nodes { student { id } } } }")]
    [InlineData("{ qualityRecords(first: 20) { nodes { person { id } enrollment { person { id } } } } }")]
    [InlineData("{ movements(first: 5) { nodes { student { id } } } }")]
    [InlineData("""
        { roster(asOf: "2100-01-01T00:00:00Z") { schools(first: 1) { nodes { students(first: 5) { nodes { personId } }
          classes(first: 2) { nodes { enrollments(first: 3) { nodes { person { personId } } } } } } } } }
        """)]
    public async Task Whoever_is_in_an_answer_is_in_its_record(string document)
    {
        var before = await district.EndAsync();
        var answer = await district.Hub.AskAsync(document);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());

        var seen = AuditedDistrict.PeopleIn(answer);
        var records = await district.SinceAsync(before);
        if (seen.Count == 0) Assert.Contains("movements", document, StringComparison.Ordinal);
        else Assert.Empty(seen.Except(Assert.Single(records).Students.Concat(records[0].Others)));
    }

    [Fact]
    public async Task An_object_found_by_its_id_a_cursor_and_a_search_are_reads_like_any_other()
    {
        var student = (await district.Hub.AskAsync("{ students(first: 1) { nodes { id familyName } } }"))
            .GetProperty("data").GetProperty("students").GetProperty("nodes")[0];
        var (id, name) = (student.GetProperty("id").GetString(), student.GetProperty("familyName").GetString());
        var person = AuditedDistrict.PeopleIn(student).Single();
        foreach (var document in (string[])
            [
                $$"""{ node(id: "{{id}}") { id } }""",
                $$"""{ nodes(ids: ["{{id}}"]) { ... on Student { grade } } }""",
                $$"""{ node(id: "{{id}}") { __typename } }""",
                "{ students(first: 1) { edges { cursor } } }",
                "{ students(first: 1) { pageInfo { endCursor } } }",
                $$"""{ students(first: 100, where: { familyName: { eq: "{{name}}" } }) { nodes { __typename } } }""",
            ])
        {
            var before = await district.EndAsync();
            await district.Hub.AskAsync(document);
            Assert.Contains(person, Assert.Single(await district.SinceAsync(before)).Students);
        }
    }

    [Theory]
    [InlineData("{ enrollments(first: 100) { nodes { role } } }", "enrollments")]
    [InlineData("{ enrollments(first: 100) { pageInfo { endCursor } } }", "enrollments")]
    [InlineData("{ demographics(first: 100) { nodes { birthDate } } }", "demographics")]
    public async Task Whose_a_row_is_is_known_although_nobody_selected_it(string document, string groups)
    {
        var before = await district.EndAsync();
        await district.Hub.AskAsync(document);

        var record = Assert.Single(await district.SinceAsync(before));
        Assert.Equal(groups, record.FieldGroups);
        Assert.InRange(record.Students.Length, 1, 100);
    }

    [Fact]
    public async Task Nobodys_records_are_no_access_and_counts_are_none()
    {
        var before = await district.EndAsync();
        await district.Hub.AskAsync("{ schools(first: 5) { totalCount nodes { name } } students { totalCount } }");
        await district.Hub.AskAsync("{ __typename }");

        Assert.Empty(await district.SinceAsync(before));
    }

    [Fact]
    public async Task A_table_for_a_spreadsheet_is_a_disclosure_of_whoever_is_in_it()
    {
        var before = await district.EndAsync();
        using var client = district.Client();
        client.DefaultRequestHeaders.Add("K12-Purpose", "clean-up");
        var lines = (await client.GetStringAsync(new Uri("/graphql/data-quality.csv", UriKind.Relative), Ct))
            .Split("\r\n");

        var records = await district.SinceAsync(before);
        Assert.All(records, record => Assert.Equal(
            ("disclosure", "export", "clean-up"), (record.Kind, record.Via, record.Purpose)));
        Assert.Contains($"\"party\":\"{district.Actor}\"", records[0].Detail, StringComparison.Ordinal);
        var people = records.SelectMany(record => record.Students.Concat(record.Others)).ToHashSet();
        Assert.InRange(people.Count, 1, lines.Length);
    }

    [Fact]
    public async Task What_left_the_district_of_a_student_is_told_with_whom_it_went_to_and_why()
    {
        var student = await district.ScalarAsync<Guid>(
            "select id from roster.people_v1 where is_student order by id desc limit 1");
        using var client = district.Client();
        var person = Uri.EscapeDataString(NodeId.Encode("Person", student)!);
        await client.GetStringAsync(new Uri($"/graphql/person.json?id={person}", UriKind.Relative), Ct);

        var left = await district.Hub.AskAsync(
            $$"""
            {
              disclosures(studentId: "{{NodeId.Encode("Student", student)}}") {
                nodes { kind disclosure { party basis } }
              }
            }
            """);
        Assert.EndsWith(
            $"\"nodes\":[{{\"kind\":\"disclosure\",\"disclosure\":{{\"party\":\"{district.Actor}\","
            + "\"basis\":\"schoolOfficial\"}}]}}}",
            left.ToString(), StringComparison.Ordinal);
        var seen = await district.Hub.AskAsync(
            $"{{ accessedBy(actor: \"{district.Actor}\", first: 1) {{ nodes {{ kind disclosure {{ party }} }} }} }}");
        Assert.Contains("{\"kind\":\"read\",\"disclosure\":null}", seen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_answered()
    {
        await district.ExecuteAsync("alter table es.audit_heads rename to gone");
        try
        {
            using var answer = await district.PostAsync("{ students(first: 5) { nodes { familyName } } }");
            var text = await answer.Content.ReadAsStringAsync(Ct);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.StartsWith("{\"errors\":[{\"message\":\"Who reads records", text, StringComparison.Ordinal);
            Assert.Contains("\"code\":\"AUDIT_NOT_WRITTEN\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("data\"", text, StringComparison.Ordinal);

            using var client = district.Client();
            using var file = await client.GetAsync(new Uri("/graphql/data-quality.csv", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, file.StatusCode);
            using var nobodys = await district.PostAsync("{ schools(first: 1) { nodes { name } } }");
            Assert.Equal(HttpStatusCode.OK, nobodys.StatusCode);
        }
        finally
        {
            await district.ExecuteAsync("alter table es.gone rename to audit_heads");
        }

        using var again = await district.PostAsync("{ students(first: 5) { nodes { familyName } } }");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Nothing_leaves_before_the_record_is_on_disk()
    {
        await using var holding = await district.HoldAsync();
        var asked = district.PostAsync("{ students(first: 5) { nodes { familyName } } }");
        await district.UntilHeldAsync(asked);

        Assert.False(asked.IsCompleted);
        await holding.CloseAsync();
        using var answer = await asked;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{201}")]
    public async Task A_purpose_is_one_line_of_at_most_200_characters(string purpose)
    {
        using var answer = await district.PostAsync(
            "{ __typename }", ("K12-Purpose", purpose == "{201}" ? new string('x', 201) : purpose));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "AUDIT_PURPOSE_INVALID", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_looked_at_a_student_is_found_and_that_it_was_asked_is_written_down()
    {
        var id = (await district.Hub.AskAsync("{ students(first: 1) { nodes { id } } }"))
            .GetProperty("data").GetProperty("students").GetProperty("nodes")[0].GetProperty("id").GetString();
        using var seen = await district.PostAsync($$"""{ node(id: "{{id}}") { id } }""", ("K12-Purpose", "inquiry 99"));
        var before = await district.EndAsync();

        var records = (await district.Hub.AskAsync(
                $$"""
                { accessRecords(studentId: "{{id}}", from: "2020-01-01T00:00:00Z", first: 1) {
                  nodes { number at kind action via actor purpose requestId fields } } }
                """))
            .GetProperty("data").GetProperty("accessRecords").GetProperty("nodes");
        var mine = (await district.Hub.AskAsync(
            $$"""{ accessedBy(actor: "{{district.Actor}}", first: 2) { nodes { purpose studentIds } } }"""))
            .GetProperty("data").GetProperty("accessedBy").GetProperty("nodes");

        Assert.Equal("inquiry 99", records[0].GetProperty("purpose").GetString());
        Assert.Equal(["numbers"], records[0].GetProperty("fields").EnumerateArray().Select(x => x.GetString()));
        Assert.Equal(id, mine[1].GetProperty("studentIds")[0].GetString());
        Assert.All(await district.SinceAsync(before), record =>
        {
            Assert.Contains("audit", record.FieldGroups, StringComparison.Ordinal);
            Assert.Contains(AuditedDistrict.PeopleIn(mine[1]).Single(), record.Students);
        });
    }
}
