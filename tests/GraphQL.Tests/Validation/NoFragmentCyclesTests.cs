using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class NoFragmentCyclesTests
{
    [Fact]
    public void A_fragment_may_be_spread_twice() => TestRules.Valid<NoFragmentCycles>(
        """
        { ...A }
        fragment A on Query { ...C ...B }
        fragment B on Query { ...C }
        fragment C on Query { count }
        """);

    [Fact]
    public void A_fragment_cannot_spread_itself() => Assert.Equal(
        "2:23",
        TestRules.Complaints<NoFragmentCycles>(
            """
            { ...A }
            fragment A on Query { ...A }
            """));

    [Fact]
    public void Nor_through_another() => Assert.Equal(
        "2:23+3:23",
        TestRules.Complaints<NoFragmentCycles>(
            """
            { ...A }
            fragment A on Query { ...B }
            fragment B on Query { ...A }
            """));

    [Fact]
    public void Nor_another_of_its_name() => Assert.Equal(
        "2:23+3:23",
        TestRules.Complaints<NoFragmentCycles>(
            """
            { ...A }
            fragment A on Query { ...B }
            fragment B on Query { ...A }
            fragment A on Query { count }
            """));

    [Fact]
    public void Two_circles_are_two_faults() => Assert.Equal(
        "2:23+3:23 2:28+4:23",
        TestRules.Complaints<NoFragmentCycles>(
            """
            { ...A }
            fragment A on Query { ...B ...C }
            fragment B on Query { ...A }
            fragment C on Query { ...A }
            """));
}
