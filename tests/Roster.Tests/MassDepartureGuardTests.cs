using K12Hub.Contracts;

namespace K12Hub.Roster.Tests;

public sealed class MassDepartureGuardTests
{
    [Theory]
    [InlineData(1_000, 500, 0)]
    [InlineData(19, 18, 0)]
    [InlineData(5, 5, 5)]
    [InlineData(0, 0, 0)]
    public void Ordinary_departures_pass(int known, int ended, int added) =>
        Assert.Null(MassDepartureGuard.Look("users", known, new(added, 0, ended, 0, 0)));

    [Theory]
    [InlineData(1_000, 501, 0)]
    [InlineData(20, 11, 300)]
    [InlineData(1, 1, 0)]
    public void A_mass_departure_stops_the_run(int known, int ended, int added)
    {
        var finding = MassDepartureGuard.Look("users", known, new(added, 0, ended, 0, 0));
        Assert.NotNull(finding);
        Assert.Equal((FindingEffect.RunRejected, "guard.massDeparture"), (finding.Effect, finding.Rule));
    }

    [Fact]
    public void The_reason_says_how_many_and_what_to_do() => Assert.Equal(
        "1,400 of 2,000 users would end at once. Nothing was applied. If the export is complete, run it again with "
            + "--force.",
        MassDepartureGuard.Look("users", 2_000, new(0, 0, 1_400, 0, 0))?.Message);
}
