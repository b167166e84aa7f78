using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;

namespace K12Hub.StaffDirectory.Tests.Assignments;

public sealed class AssignmentRefusalTests
{
    [Theory]
    [InlineData("0", "null", "assignment.share share")]
    [InlineData("-0.5", "null", "assignment.share share")]
    [InlineData("1.01", "null", "assignment.share share")]
    [InlineData("0.33333", "null", "assignment.share share")]
    [InlineData("1", "2026-01-09", "assignment.last_day lastDay")]
    public async Task What_cannot_be_is_refused_at_its_field(string share, string lastDay, string refusal)
    {
        await using var hub = await DirectoryHub.OpenAsync();
        await hub.DescribeAsync("nurse");

        Assert.Equal(refusal, await hub.AssignAsync(
            await hub.HireAsync("Reyes"), "nurse", await hub.FoundAsync("Lincoln"), "2026-01-10",
            lastDay == "null" ? null : lastDay, share));
        Assert.Equal(1, await hub.EventsAsync());
    }

    [Fact]
    public async Task Whom_and_what_the_district_does_not_have_is_refused_at_its_field()
    {
        await using var hub = await DirectoryHub.OpenAsync();
        await hub.DescribeAsync("nurse", "principal");
        await hub.RefusalAsync(
            $"retirePosition(input: {{ id: \"{NodeId.Encode("Position", Position.IdOf("principal"))}\" }})");
        var (school, nurse, gone) = (
            await hub.FoundAsync("Lincoln"), await hub.HireAsync("Reyes"), await hub.HireAsync("Okafor"));
        await hub.LeaveAsync(gone);
        var before = await hub.EventsAsync();

        foreach (var person in new[]
            { Guid.Empty, gone, await hub.HireAsync("Ortiz", isStaff: false),
              await hub.HireAsync("Elsewhere", DirectoryHub.Franklin) })
        {
            Assert.Equal(
                "staffMember.not_found personId", await hub.AssignAsync(person, "nurse", school, "2026-01-10"));
        }

        foreach (var place in new[] { Guid.Empty, await hub.FoundAsync("Oak", district: DirectoryHub.Franklin) })
        {
            Assert.Equal(
                "organization.not_found organizationId",
                await hub.AssignAsync(nurse, "nurse", place, "2026-01-10"));
        }

        Assert.Equal("position.not_found position", await hub.AssignAsync(nurse, "cook", school, "2026-01-10"));
        Assert.Equal("position.retired position", await hub.AssignAsync(nurse, "principal", school, "2026-01-10"));
        Assert.Equal(before, await hub.EventsAsync());
    }

    [Fact]
    public async Task Who_edits_for_a_school_assigns_there_and_nowhere_else()
    {
        await using var hub = await DirectoryHub.OpenAsync();
        await hub.DescribeAsync("nurse");
        var (lincoln, oak, nurse) = (
            await hub.FoundAsync("Lincoln"), await hub.FoundAsync("Oak"), await hub.HireAsync("Reyes"));
        var editor = Viewer.Of("okafor", DirectoryHub.Lincoln, new Dictionary<string, Reach>
        {
            ["directory.assignments.read"] = Reach.AtSchools(lincoln),
            ["directory.assignments.edit"] = Reach.AtSchools(lincoln),
        });
        Assert.Equal("", await hub.AssignAsync(nurse, "nurse", oak, "2026-01-10"));

        Assert.Equal("", await hub.RefusalAsync(
            DirectoryHub.Assigning(nurse, "nurse", lincoln, "2026-01-10"), editor));
        Assert.Equal("organization.not_found organizationId", await hub.RefusalAsync(
            DirectoryHub.Assigning(nurse, "nurse", oak, "2027-01-10"), editor));
        var elsewhere = Assignment.IdOf(nurse, Position.IdOf("nurse"), oak, 0);
        Assert.StartsWith("assignment.not_found", await hub.RefusalAsync(
            AssignmentTests.Ending(elsewhere, "2026-02-01"), editor), StringComparison.Ordinal);
        var seen = await hub.AskAsync(editor, "{ assignments { nodes { organizationId } } }");
        Assert.Equal(
            NodeId.Encode("Organization", lincoln),
            Assert.Single(seen.GetProperty("assignments").GetProperty("nodes").EnumerateArray())
                .GetProperty("organizationId").GetString());
    }
}
