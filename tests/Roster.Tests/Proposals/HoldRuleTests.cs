using K12Hub.Contracts;

namespace K12Hub.Roster.Tests;

/// <summary>What may end without anybody looking, with the settings as they come.</summary>
public sealed class HoldRuleTests
{
    private static readonly Guid Lincoln = new("11111111-1111-1111-1111-111111111111");
    private static readonly Guid Jefferson = new("22222222-2222-2222-2222-222222222222");

    [Theory]
    [InlineData(1_000, 50)]
    [InlineData(20, 4)]
    [InlineData(0, 0)]
    public void Ordinary_departures_go_on(int inForce, int ended) =>
        Assert.Empty(Rules(Of("users", Lincoln, inForce, ended), Of("users", Jefferson, 10_000, 0)));

    [Fact]
    public void More_than_five_per_cent_of_a_school_are_held() => Assert.Equal(
        ["hold.schoolShare"], Rules(Of("enrollments", Lincoln, 100, 6), Of("enrollments", Jefferson, 900, 0)));

    [Fact]
    public void More_than_fifty_in_a_school_are_held() => Assert.Equal(
        ["hold.schoolEndings"], Rules(Of("users", Lincoln, 2_000, 51), Of("users", Jefferson, 2_000, 0)));

    [Fact]
    public void More_than_a_tenth_of_a_kind_is_held() =>
        Assert.Equal(["hold.kindShare"], Rules(Of("courses", null, 100, 11)));

    [Fact]
    public void A_kind_that_would_be_empty_is_held_however_small() =>
        Assert.Equal(["hold.kindEmpty"], Rules(Of("demographics", null, 1, 1)));

    [Fact]
    public void A_school_that_would_be_empty_is_held_however_small()
    {
        ProposedChange[] gone =
        [
            Of("users", Lincoln, 2, 2), Of("classes", Lincoln, 1, 1), Of("enrollments", Lincoln, 2, 2),
            Of("users", Jefferson, 900, 0), Of("classes", Jefferson, 90, 0), Of("enrollments", Jefferson, 900, 0),
        ];
        Assert.Equal(["hold.schoolEmpty"], Rules(gone));
        Assert.Empty(Rules([Of("users", Lincoln, 3, 2), .. gone[1..]]));
    }

    [Fact]
    public void What_takes_the_place_of_what_ends_fills_a_kind_again() => Assert.Empty(Rules(
        Of("academicSessions", null, 4, 4) with { Added = 4 }));

    [Fact]
    public void A_source_may_have_limits_of_its_own()
    {
        var change = Of("users", Lincoln, 100, 30);
        var limits = new RosterSourceSettings { HoldAboveSchoolPercent = 40, HoldAboveKindPercent = 40 };
        Assert.NotEmpty(Rules(change));
        Assert.Empty(new HoldRule(limits, name => name).Look([change]));
    }

    [Fact]
    public void The_reason_says_how_many_where_and_what_to_do()
    {
        var reason = new HoldRule(new(), name => $"{name}.csv").Look(
            [Of("users", Lincoln, 2_000, 1_400), Of("users", Jefferson, 100_000, 0)]).Single();
        Assert.Equal(
            (FindingEffect.RunHeld, "users.csv",
                "1,400 of 2,000 users of Lincoln Elementary would end, more than 50. If that is right, apply the run; "
                    + "else reject it."),
            (reason.Effect, reason.File, reason.Message));
    }

    private static IEnumerable<string> Rules(params ProposedChange[] changes) =>
        new HoldRule(new(), name => name).Look(changes).Select(finding => finding.Rule);

    private static ProposedChange Of(string collection, Guid? school, int inForce, int ended) => new(
        collection, school, school is null ? null : school == Lincoln ? "Lincoln Elementary" : "Jefferson High",
        inForce, 0, 0, ended, 0);
}
