using System.Text.Json;

namespace K12Hub.App.Tests.Faults;

/// <summary>What the staff directory has.</summary>
internal sealed partial class FaultyHub
{
    public string Staff { get; private set; } = "";

    public string School { get; private set; } = "";

    public string Position { get; private set; } = "";

    public string Assignment { get; private set; } = "";

    public string Chain { get; private set; } = "";

    private async Task AssignAsync()
    {
        var found = JsonElement.Parse(await AnswerAsync(
            "{ staff(first: 1) { nodes { id } } schools(first: 1) { nodes { id } } }", null)).GetProperty("data");
        Staff = found.GetProperty("staff").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        School = found.GetProperty("schools").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        Position = await MadeAsync(SomePositions.Describing("nurse"), "describePosition", "position");
        await MadeAsync(SomePositions.Describing("principal"), "describePosition", "position");
        Assignment = await MadeAsync(
            SomePositions.Assigning(Staff, "nurse", School), "assignPosition", "assignment");
        await MadeAsync(MutationSample.Describing("clinic"), "describeArea", "area");
        Chain = await MadeAsync(SomeChains.Setting("clinic", "nurse"), "setContactChain", "contactChain");
    }
}
