using K12Hub.Contracts;
using K12Hub.District;
using K12Hub.Hosting;
using K12Hub.StaffDirectory;

namespace K12Hub.App;

/// <summary>The staff directory of the made-up district: what it helps with, its positions with who has them, and whom
/// one asks.</summary>
internal sealed class DemoDirectory(
    IRosterToday roster, AreaBook areas, PositionBook positions, AssignmentDesk assignments, ChainBook chains)
{
    private const string Actor = "demo";

    /// <summary>Makes it, when its people are in the roster.</summary>
    public async Task MakeAsync(DistrictPlan plan, CancellationToken ct)
    {
        foreach (var area in HelpAreas.All)
        {
            var (_, refusal) = await areas.DescribeAsync(
                Door.District, area.Key, new(area.Language, area.Name, area.Description, area.Phrases), Actor, ct);
            Expect(refusal, area.Key);
        }

        foreach (var position in HelpPositions.All)
        {
            Expect(await DescribeAsync(position, "en", position.English, ct), position.Key);
            Expect(await DescribeAsync(position, "es", position.Spanish, ct), position.Key);
        }

        await AssignAsync(GeneratedDistrict.From(plan), ct);
        var hours = HelpPositions.All.ToDictionary(position => position.Key, position => position.Hours);
        foreach (var chain in HelpChains.All)
        {
            var (_, refusal) = await chains.SetAsync(
                Door.District, chain.Area, null, chain.IsForStaff,
                [.. chain.Steps.Select(step => new SaidStep(
                    step.Position, step.IsAtSchool, hours[step.Position], step.MoveOnAfter))],
                Actor, ct);
            Expect(refusal, chain.Area);
        }
    }

    /// <summary>Gives everybody the position that the generator has them in, since the year began.</summary>
    private async Task AssignAsync(GeneratedDistrict district, CancellationToken ct)
    {
        var keys = HelpPositions.All.ToDictionary(position => position.English, position => position.Key);
        var holders = district.People.Where(person => person.Position is { } title && keys.ContainsKey(title)).ToList();
        var people = await roster.StaffCalledAsync(
            Door.District.Value, [.. holders.Select(person => person.Id)], ct);
        var places = await roster.PlacesCalledAsync(
            Door.District.Value, [.. holders.Select(person => person.Roles[0].OrgId).Distinct()], ct);
        var firstDay = district.Sessions.Min(session => session.Start);
        foreach (var person in holders)
        {
            var (_, refusal) = await assignments.AssignAsync(
                Door.District,
                new(people[person.Id], keys[person.Position!], places[person.Roles[0].OrgId], firstDay, null, 1, true),
                Actor, ct);
            Expect(refusal, person.Id);
        }
    }

    private async Task<Refusal?> DescribeAsync(
        HelpPosition position, string language, string title, CancellationToken ct) =>
        (await positions.DescribeAsync(Door.District, position.Key, new(language, title), Actor, ct)).Refusal;

    private static void Expect(Refusal? refusal, string what)
    {
        if (refusal is not null) throw new InvalidOperationException($"{what}: {refusal.Message}");
    }
}
