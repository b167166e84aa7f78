namespace K12Hub.District.Tests;

/// <summary>Whom one asks leads to somebody.</summary>
public sealed class DirectoryTests
{
    private static readonly string[] Vacant = ["athletics-director"];

    [Fact]
    public void There_is_somebody_in_every_position_but_those_that_are_vacant()
    {
        var titles = GeneratedDistrict.From(new(2_000)).People.Select(person => person.Position).ToHashSet();

        Assert.Equal(
            Vacant,
            HelpPositions.All.Where(position => !titles.Contains(position.English)).Select(position => position.Key));
    }

    [Fact]
    public void Families_are_told_whom_to_ask_about_every_area() =>
        Assert.Equal(
            HelpAreas.All.Select(area => area.Key).Distinct().Order(),
            HelpChains.All.Where(chain => !chain.IsForStaff).Select(chain => chain.Area).Order());

    [Fact]
    public void Every_chain_leads_through_positions_that_there_are() =>
        Assert.Empty(HelpChains.All.SelectMany(chain => chain.Steps).Select(step => step.Position)
            .Except(HelpPositions.All.Select(position => position.Key)));
}
