using System.Text.Json;

namespace K12Hub.App.Tests.Faults;

/// <summary>What the staff directory has.</summary>
internal sealed partial class FaultyHub
{
    private async Task AssignAsync()
    {
        var found = JsonElement.Parse(await AnswerAsync(
            "{ staff(first: 1) { nodes { id } } schools(first: 1) { nodes { id } } }", null)).GetProperty("data");
        There.Staff = found.GetProperty("staff").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        There.School = found.GetProperty("schools").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        There.Position = await MadeAsync(SomePositions.Describing("nurse"), "describePosition", "position");
        await MadeAsync(SomePositions.Describing("principal"), "describePosition", "position");
        There.Assignment = await MadeAsync(
            SomePositions.Assigning(There.Staff, "nurse", There.School), "assignPosition", "assignment");
        There.Absence = await MadeAsync(
            SomeAbsences.Planning(There.Staff, null, "2026-10-05"), "planAbsence", "absence");
        await MadeAsync(MutationSample.Describing("clinic"), "describeArea", "area");
        There.Chain = await MadeAsync(SomeChains.Setting("clinic", "nurse"), "setContactChain", "contactChain");
    }
}
