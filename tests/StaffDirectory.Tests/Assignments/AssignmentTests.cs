using K12Hub.GraphQL.Conventions;

namespace K12Hub.StaffDirectory.Tests.Assignments;

public sealed class AssignmentTests
{
    [Fact]
    public async Task Somebody_at_three_schools_is_one_person()
    {
        await using var hub = await DirectoryHub.OpenAsync();
        await hub.DescribeAsync("nurse");
        var nurse = await hub.HireAsync("Reyes");
        foreach (var school in (string[])["Lincoln", "Oak", "Cedar"])
        {
            Assert.Equal("", await hub.AssignAsync(
                nurse, "nurse", await hub.FoundAsync(school), "2026-08-01", share: "0.5"));
        }

        var found = await hub.AskAsync(
            $$"""
            { assignments(where: { personId: { eq: "{{NodeId.Encode("StaffMember", nurse)}}" } }) {
                totalCount nodes { personId share isPrimary position { key } } } }
            """);
        Assert.Equal(3, found.GetProperty("assignments").GetProperty("totalCount").GetInt32());
        var assigned = $"\"personId\":\"{NodeId.Encode("StaffMember", nurse)}\",\"share\":0.5,\"isPrimary\":true";
        Assert.Contains(assigned, found.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_it_was_on_a_day_is_still_told()
    {
        await using var hub = await DirectoryHub.OpenAsync();
        await hub.DescribeAsync("case-manager");
        var school = await hub.FoundAsync("Lincoln");
        var (first, second) = (await hub.HireAsync("Reyes"), await hub.HireAsync("Okafor"));
        await hub.AssignAsync(first, "case-manager", school, "2025-08-01", "2026-03-02");
        await hub.AssignAsync(second, "case-manager", school, "2026-03-03");

        Assert.Equal([], await OnAsync(hub, school, "2025-07-31"));
        Assert.Equal([first], await OnAsync(hub, school, "2026-03-02"));
        Assert.Equal([second], await OnAsync(hub, school, "2026-03-03"));
        Assert.Equal([], await OnAsync(hub, await hub.FoundAsync("Oak"), "2026-03-03"));
    }

    [Fact]
    public async Task Nobody_has_a_position_twice_at_the_same_place_and_time()
    {
        await using var hub = await DirectoryHub.OpenAsync();
        await hub.DescribeAsync("nurse", "principal");
        var (lincoln, oak) = (await hub.FoundAsync("Lincoln"), await hub.FoundAsync("Oak"));
        var nurse = await hub.HireAsync("Reyes");
        Assert.Equal("", await hub.AssignAsync(nurse, "nurse", lincoln, "2026-01-10", "2026-01-20"));
        var before = await hub.EventsAsync();

        foreach (var (first, last) in new (string, string?)[]
            { ("2026-01-01", null), ("2026-01-01", "2026-01-10"), ("2026-01-20", "2026-02-01"), ("2026-01-12", null) })
        {
            Assert.Equal(
                "assignment.overlaps firstDay", await hub.AssignAsync(nurse, "nurse", lincoln, first, last));
        }

        Assert.Equal(before, await hub.EventsAsync());
        Assert.Equal("", await hub.AssignAsync(nurse, "nurse", lincoln, "2026-01-21"));
        Assert.Equal("", await hub.AssignAsync(nurse, "nurse", lincoln, "2026-01-01", "2026-01-09"));
        Assert.Equal("", await hub.AssignAsync(nurse, "nurse", oak, "2026-01-12"));
        Assert.Equal("", await hub.AssignAsync(nurse, "principal", lincoln, "2026-01-12"));
        Assert.Equal("", await hub.AssignAsync(await hub.HireAsync("Okafor"), "nurse", lincoln, "2026-01-12"));
    }

    [Fact]
    public async Task Of_many_who_assign_at_once_the_same_one_is_heard()
    {
        await using var hub = await DirectoryHub.OpenAsync();
        await hub.DescribeAsync("nurse");
        var (school, nurse) = (await hub.FoundAsync("Lincoln"), await hub.HireAsync("Reyes"));

        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(day =>
            hub.AssignAsync(nurse, "nurse", school, $"2026-01-0{day}")));

        Assert.Single(answers, "");
        Assert.Equal(7, answers.Count(answer => answer == "assignment.overlaps firstDay"));
    }

    [Fact]
    public async Task Saying_the_same_again_records_nothing()
    {
        await using var hub = await DirectoryHub.OpenAsync();
        await hub.DescribeAsync("nurse");
        var (school, nurse) = (await hub.FoundAsync("Lincoln"), await hub.HireAsync("Reyes"));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("", await hub.AssignAsync(nurse, "nurse", school, "2026-01-10"));
        }

        var id = Assignment.IdOf(nurse, Position.IdOf("nurse"), school, 0);
        for (var i = 0; i < 2; i++) Assert.Equal("", await hub.RefusalAsync(Ending(id, "2026-02-01")));

        Assert.Equal(3, await hub.EventsAsync());
    }

    [Fact]
    public async Task The_last_day_is_put_right_within_what_is_free()
    {
        await using var hub = await DirectoryHub.OpenAsync();
        await hub.DescribeAsync("nurse");
        var (school, nurse) = (await hub.FoundAsync("Lincoln"), await hub.HireAsync("Reyes"));
        await hub.AssignAsync(nurse, "nurse", school, "2026-01-10", "2026-01-20");
        await hub.AssignAsync(nurse, "nurse", school, "2026-02-10");
        var id = Assignment.IdOf(nurse, Position.IdOf("nurse"), school, 0);

        Assert.Equal("assignment.last_day lastDay", await hub.RefusalAsync(Ending(id, "2026-01-09")));
        Assert.Equal("assignment.overlaps lastDay", await hub.RefusalAsync(Ending(id, "2026-02-10")));
        Assert.Equal("", await hub.RefusalAsync(Ending(id, "2026-02-09")));
        Assert.Equal("", await hub.RefusalAsync(Ending(id, "2026-01-10")));
        Assert.Equal([], await OnAsync(hub, school, "2026-01-11"));
        Assert.StartsWith(
            "assignment.not_found", await hub.RefusalAsync(Ending(Guid.Empty, "2026-01-10")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_somebody_who_was_erased_no_days_are_left()
    {
        await using var hub = await DirectoryHub.OpenAsync();
        await hub.DescribeAsync("nurse");
        var (school, nurse) = (await hub.FoundAsync("Lincoln"), await hub.HireAsync("Reyes"));
        await hub.AssignAsync(nurse, "nurse", school, "2026-01-10");
        Assert.Equal([nurse], await OnAsync(hub, school, "2026-01-11"));

        await hub.Store.Erasure.EraseSubjectAsync(
            DirectoryHub.Lincoln, nurse, "request 17", "okafor", DirectoryHub.Ct);

        Assert.Equal([], await OnAsync(hub, school, "2026-01-11"));
        Assert.Equal(
            """{"assignments":{"nodes":[{"firstDay":null,"lastDay":null,"share":null}]}}""",
            (await hub.AskAsync("{ assignments { nodes { firstDay lastDay share } } }")).GetRawText());
        var id = Assignment.IdOf(nurse, Position.IdOf("nurse"), school, 0);
        Assert.NotEqual("", await hub.RefusalAsync(Ending(id, "2026-02-01")));
        Assert.Equal(
            "staffMember.not_found personId", await hub.AssignAsync(nurse, "nurse", school, "2027-01-10"));
    }

    internal static string Ending(Guid id, string lastDay) =>
        $"endAssignment(input: {{ id: \"{NodeId.Encode("Assignment", id)}\", lastDay: \"{lastDay}\" }})";

    private static async Task<List<Guid>> OnAsync(DirectoryHub hub, Guid school, string day)
    {
        var found = await hub.AskAsync(
            $$"""
            { assignments(asOf: "{{day}}", schoolId: "{{NodeId.Encode("School", school)}}") { nodes { personId } } }
            """);
        return
        [
            .. found.GetProperty("assignments").GetProperty("nodes").EnumerateArray()
                .Select(node => NodeId.Decode<Guid>("StaffMember", node.GetProperty("personId").GetString()!)),
        ];
    }
}
