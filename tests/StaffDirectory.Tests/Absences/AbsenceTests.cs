using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;

namespace K12Hub.StaffDirectory.Tests.Absences;

/// <summary>Whoever is away is stood in for; why, nobody is told. Okafor, Reyes and Silva work at Lincoln; Okafor is
/// its principal.</summary>
public sealed class AbsenceTests : IAsyncLifetime
{
    private DirectoryHub hub = null!;
    private Guid lincoln;
    private Guid okafor;
    private Guid reyes;
    private Guid silva;

    public async ValueTask InitializeAsync()
    {
        hub = await DirectoryHub.OpenAsync();
        await hub.DescribeAsync("principal", "clerk");
        await hub.HelpWithAsync("buses");
        lincoln = await hub.FoundAsync("Lincoln");
        (okafor, reyes, silva) = (
            await hub.HireAsync("Okafor"), await hub.HireAsync("Reyes"), await hub.HireAsync("Silva"));
        Assert.Equal("", await hub.AssignAsync(okafor, "principal", lincoln, "2026-08-01"));
        foreach (var clerk in new[] { reyes, silva })
        {
            Assert.Equal("", await hub.AssignAsync(clerk, "clerk", lincoln, "2026-08-01"));
        }

        Assert.Equal("", await hub.ChainAsync("buses", null, "{ position: \"principal\", place: SCHOOL }"));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Who_stands_in_is_asked_meanwhile_and_who_stands_in_for_that_one()
    {
        Assert.Equal("", await PlanAsync(okafor, "2026-10-05", "2026-10-16", reyes));
        Assert.Equal("", await PlanAsync(reyes, "2026-10-08", "2026-10-09", silva));

        Assert.Equal("Ms. Okafor", await AskedAsync("2026-10-04"));
        Assert.Equal("Ms. Reyes stands in", await AskedAsync("2026-10-05"));
        Assert.Equal("Ms. Silva stands in", await AskedAsync("2026-10-08"));
        Assert.Equal("Ms. Reyes stands in", await AskedAsync("2026-10-16"));
        Assert.Equal("Ms. Okafor", await AskedAsync("2026-10-17"));

        await hub.LeaveAsync(silva);
        Assert.Equal("nobody", await AskedAsync("2026-10-08"));
    }

    [Fact]
    public async Task Without_anybody_to_stand_in_another_in_the_same_position_is_asked_and_else_nobody()
    {
        Assert.Equal("", await PlanAsync(okafor, "2026-10-05", "2026-10-09", null));
        Assert.Equal("nobody", await AskedAsync("2026-10-05"));
        Assert.Equal("", await hub.AssignAsync(silva, "principal", lincoln, "2026-09-01"));
        Assert.Equal("Ms. Silva", await AskedAsync("2026-10-05"));
        Assert.Equal("Ms. Okafor", await AskedAsync("2026-10-10"));
    }

    [Fact]
    public async Task It_is_moved_and_cancelled_and_saying_the_same_again_changes_nothing()
    {
        Assert.Equal("", await PlanAsync(okafor, "2026-10-05", "2026-10-16", reyes));
        var id = Absence.IdOf(okafor, 0);
        var events = await hub.EventsAsync();
        Assert.Equal("", await PlanAsync(okafor, "2026-10-05", "2026-10-16", reyes));
        Assert.Equal("", await hub.RefusalAsync(Moving(id, "2026-10-16")));
        Assert.Equal(events, await hub.EventsAsync());

        Assert.Equal("", await hub.RefusalAsync(Moving(id, "2026-10-07")));
        Assert.Equal("Ms. Okafor", await AskedAsync("2026-10-08"));
        foreach (var _ in new[] { 1, 2 }) Assert.Equal("", await hub.RefusalAsync(Cancelling(id)));
        Assert.Equal("Ms. Okafor", await AskedAsync("2026-10-05"));
        Assert.StartsWith(
            "absence.not_found", await hub.RefusalAsync(Moving(id, "2026-10-09")), StringComparison.Ordinal);

        // What was cancelled is in nobody's way.
        Assert.Equal("", await PlanAsync(okafor, "2026-10-05", "2026-10-16", reyes));
        Assert.Equal("Ms. Reyes stands in", await AskedAsync("2026-10-05"));
        Assert.Equal(
            ["2026-10-05 2026-10-07 cancelled", "2026-10-05 2026-10-16"], await ListAsync(""));
        Assert.Equal(["2026-10-05 2026-10-16"], await ListAsync("(asOf: \"2026-10-06\")"));
        Assert.Empty(await ListAsync("(asOf: \"2026-10-17\")"));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_changes_nothing()
    {
        Assert.Equal("", await PlanAsync(okafor, "2026-10-05", "2026-10-16", reyes));
        var events = await hub.EventsAsync();

        Assert.Equal("absence.last_day lastDay", await PlanAsync(silva, "2026-10-05", "2026-10-04", null));
        Assert.Equal("absence.last_day lastDay", await PlanAsync(silva, "2026-10-05", "2027-10-07", null));
        Assert.Equal("absence.own_deputy deputyId", await PlanAsync(silva, "2026-10-05", "2026-10-06", silva));
        Assert.Equal("absence.overlaps firstDay", await PlanAsync(okafor, "2026-10-16", "2026-10-20", null));
        Assert.Equal("absence.overlaps firstDay", await PlanAsync(okafor, "2026-10-01", "2026-10-05", reyes));
        Assert.Equal(
            "absence.last_day lastDay", await hub.RefusalAsync(Moving(Absence.IdOf(okafor, 0), "2026-10-04")));
        Assert.Equal("staffMember.not_found personId", await PlanAsync(Guid.Empty, "2026-10-05", "2026-10-06", null));
        Assert.Equal(
            "staffMember.not_found deputyId",
            await PlanAsync(silva, "2026-10-05", "2026-10-06", Guid.CreateVersion7()));
        Assert.Equal("absence.not_found", (await hub.RefusalAsync(Cancelling(Guid.CreateVersion7()))).Split(' ')[0]);
        Assert.Equal(events, await hub.EventsAsync());
    }

    [Fact]
    public async Task Those_who_stand_in_for_each_other_on_one_day_are_refused_and_on_others_are_not()
    {
        Assert.Equal("", await PlanAsync(okafor, "2026-10-05", "2026-10-09", reyes));
        Assert.Equal("", await PlanAsync(reyes, "2026-10-07", "2026-10-12", silva));

        Assert.Equal("absence.loop deputyId", await PlanAsync(silva, "2026-10-09", "2026-10-14", okafor));
        Assert.Equal("", await PlanAsync(silva, "2026-10-10", "2026-10-14", okafor));
        Assert.Equal(
            "absence.loop lastDay", await hub.RefusalAsync(Moving(Absence.IdOf(okafor, 0), "2026-10-10")));
        Assert.Equal("Ms. Okafor", await AskedAsync("2026-10-10"));
    }

    [Fact]
    public async Task Of_two_who_are_to_stand_in_for_each_other_at_the_same_moment_one_is_refused()
    {
        for (var week = 0; week < 10; week++)
        {
            var monday = new DateOnly(2026, 9, 7).AddDays(7 * week);
            var (first, last) = ($"{monday:O}", $"{monday.AddDays(4):O}");
            var codes = await Task.WhenAll(
                PlanAsync(okafor, first, last, reyes), PlanAsync(reyes, first, last, okafor));

            Assert.Equal(["", "absence.loop deputyId"], codes.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task A_principal_says_it_of_who_works_at_the_school_and_of_nobody_else()
    {
        var elsewhere = await hub.HireAsync("Park");
        Assert.Equal("", await hub.AssignAsync(elsewhere, "clerk", await hub.FoundAsync("Oak"), "2026-08-01"));
        var left = await hub.HireAsync("Diaz");
        Assert.Equal("", await hub.AssignAsync(left, "clerk", lincoln, "2025-08-01", "2026-06-12"));
        var principal = Viewer.Of("okafor", DirectoryHub.Lincoln, new Dictionary<string, Reach>
        {
            ["directory.absences.read"] = Reach.AtSchools(lincoln),
            ["directory.absences.edit"] = Reach.AtSchools(lincoln),
            ["directory.assignments.read"] = Reach.AtSchools(lincoln),
        });

        Assert.Equal("", await PlanAsync(reyes, "2026-10-05", "2026-10-06", elsewhere, principal));
        foreach (var other in new[] { elsewhere, left })
        {
            Assert.Equal(
                "staffMember.not_found personId",
                await PlanAsync(other, "2026-10-05", "2026-10-06", null, principal));
        }

        Assert.Equal("", await PlanAsync(elsewhere, "2026-11-02", "2026-11-06", null));
        var foreign = Absence.IdOf(elsewhere, 0);
        Assert.StartsWith(
            "absence.not_found", await hub.RefusalAsync(Cancelling(foreign), principal), StringComparison.Ordinal);
        var seen = await hub.AskAsync(principal, "{ absences { nodes { personId } } }");
        Assert.Equal(
            NodeId.Encode("StaffMember", reyes),
            Assert.Single(seen.GetProperty("absences").GetProperty("nodes").EnumerateArray())
                .GetProperty("personId").GetString());
    }

    [Fact]
    public async Task Of_who_was_erased_nothing_is_known_and_nobody_is_in_the_way()
    {
        Assert.Equal("", await PlanAsync(reyes, "2026-10-05", "2026-10-09", silva));
        await hub.Store.Erasure.EraseSubjectAsync(DirectoryHub.Lincoln, reyes, "request 17", null, DirectoryHub.Ct);

        Assert.Equal([" "], await ListAsync(""));
        Assert.Equal("", await PlanAsync(silva, "2026-10-05", "2026-10-09", okafor));
        Assert.StartsWith(
            "command.subject_erased", await hub.RefusalAsync(Moving(Absence.IdOf(reyes, 0), "2026-10-12")),
            StringComparison.Ordinal);
    }

    private static string Moving(Guid id, string lastDay) =>
        $"moveAbsence(input: {{ id: \"{NodeId.Encode("Absence", id)}\", lastDay: \"{lastDay}\" }})";

    private static string Cancelling(Guid id) =>
        $"cancelAbsence(input: {{ id: \"{NodeId.Encode("Absence", id)}\" }})";

    private Task<string> PlanAsync(
        Guid person, string firstDay, string lastDay, Guid? deputy, Viewer? viewer = null) => hub.RefusalAsync(
        $$"""
        planAbsence(input: { personId: "{{NodeId.Encode("StaffMember", person)}}", firstDay: "{{firstDay}}",
          lastDay: "{{lastDay}}",
          deputyId: {{(deputy is { } one ? $"\"{NodeId.Encode("StaffMember", one)}\"" : "null")}} })
        """,
        viewer);

    private async Task<string> AskedAsync(string on)
    {
        var data = await hub.AskAsync(
            $$"""
            { areas { nodes { contacts(schoolId: "{{NodeId.Encode("School", lincoln)}}", on: "{{on}}") {
              personName isStandIn isVacant } } } }
            """);
        var contact = data.GetProperty("areas").GetProperty("nodes")[0].GetProperty("contacts")[0];
        if (contact.GetProperty("isVacant").GetBoolean()) return "nobody";

        return contact.GetProperty("personName").GetString()
            + (contact.GetProperty("isStandIn").GetBoolean() ? " stands in" : "");
    }

    private async Task<string[]> ListAsync(string arguments)
    {
        var data = await hub.AskAsync($"{{ absences{arguments} {{ nodes {{ firstDay lastDay isCancelled }} }} }}");
        return
        [
            .. data.GetProperty("absences").GetProperty("nodes").EnumerateArray().Select(one =>
                $"{one.GetProperty("firstDay")} {one.GetProperty("lastDay")}"
                + (one.GetProperty("isCancelled").GetBoolean() ? " cancelled" : "")).Order(StringComparer.Ordinal),
        ];
    }
}
