namespace K12Hub.Hosting.Tests.Policy;

/// <summary>How far permissions go, together and against each other.</summary>
public sealed class ReachTests
{
    private static readonly Guid Lincoln = new("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Oak = new("00000000-0000-4000-8000-000000000002");

    [Fact]
    public void Two_grants_reach_what_either_reaches()
    {
        var both = Reach.AtSchools(Lincoln).And(Reach.AtSchools(Oak, Lincoln)).And(Reach.Of(Oak));

        Assert.Equal([Lincoln, Oak], both.Schools);
        Assert.Equal(ReachKind.Schools | ReachKind.Own, both.Kind);
    }

    [Fact]
    public void No_schools_are_nowhere() => Assert.Equal(ReachKind.None, Reach.AtSchools().Kind);

    [Fact]
    public void What_goes_farther_is_not_covered()
    {
        Assert.True(Reach.District.Covers(Reach.AtSchools(Lincoln)));
        Assert.True(Reach.AtSchools(Lincoln, Oak).Covers(Reach.AtSchools(Oak)));
        Assert.False(Reach.AtSchools(Lincoln).Covers(Reach.AtSchools(Oak)));
        Assert.False(Reach.AtSchools(Lincoln).Covers(Reach.District));
        Assert.False(Reach.None.Covers(Reach.Aggregate));
    }

    [Fact]
    public void An_object_is_reached_by_one_of_its_schools_and_by_all_of_its_people()
    {
        Assert.True(May(Reach.AtSchools(Oak), new() { Schools = [Lincoln, Oak] }));
        Assert.False(May(Reach.AtSchools(Oak), new() { Schools = [Lincoln] }));
        Assert.True(May(Reach.Of(Oak), new() { People = [Oak] }));
        Assert.False(May(Reach.Of(Oak), new() { People = [Oak, Lincoln] }));
        Assert.False(May(Reach.AtSchools(Oak), Subject.OfDistrict));
        Assert.True(May(Reach.District, Subject.OfDistrict));
    }

    [Fact]
    public void A_private_object_is_reached_by_its_team_and_by_whom_it_was_opened_to()
    {
        var secret = new Subject { Topic = Lincoln, PrivateId = Oak };

        Assert.True(May(Reach.InTopics(Lincoln), secret));
        Assert.False(May(Reach.District, secret));
        Assert.True(May(Reach.District, secret, opened: Oak));
        Assert.False(May(Reach.AtSchools(Lincoln), secret, opened: Oak));
    }

    [Fact]
    public void What_is_limited_is_no_claim()
    {
        var viewer = Viewer.Of("okafor", new(1), [new("roster.read", Reach.AtSchools(Oak)), new("x", Reach.District)]);
        var principal = viewer.ToPrincipal();

        var made = Viewer.Of(new(new System.Security.Claims.ClaimsIdentity(principal.Claims, "K12Hub")));

        Assert.Same(viewer, Viewer.Of(principal));
        Assert.Equal(["x"], made.Reaches.Keys);
    }

    private static bool May(Reach reach, Subject subject, params Guid[] opened) =>
        Hosting.Policy.May(Viewer.Of("okafor", new(1), [new("clubs.read", reach)], opened), "clubs.read", subject);

    [Fact]
    public void A_role_that_names_nothing_reaches_the_district_only_where_it_is_given_for_that()
    {
        Assert.Equal(ReachKind.District, HeldGrant.ScopeOf(Roles.Auditor, [], [], []).Kind);
        Assert.Equal(ReachKind.District, HeldGrant.ScopeOf(null, [], [], []).Kind);
        Assert.Equal(ReachKind.None, HeldGrant.ScopeOf(Roles.SchoolAdministrator, [], [], []).Kind);
        Assert.Equal(ReachKind.None, HeldGrant.ScopeOf(Roles.Family, [], [], []).Kind);
        Assert.Equal(ReachKind.Own, HeldGrant.ScopeOf(Roles.Family, [], [], [new Guid(1, 0, 0, new byte[8])]).Kind);
    }
}
