using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class NoUnusedFragmentsTests
{
    [Fact]
    public void A_fragment_used_through_another_is_used() => TestRules.Valid<NoUnusedFragments>(
        "{ ...A } fragment A on Query { ...B } fragment B on Query { count }");

    [Fact]
    public void An_unused_fragment_is_reported() => Assert.Equal(
        "2:1 3:1",
        TestRules.Complaints<NoUnusedFragments>(
            """
            { count }
            fragment A on Query { ...B }
            fragment B on Query { ...A }
            """));
}
