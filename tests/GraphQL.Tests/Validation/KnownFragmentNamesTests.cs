using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class KnownFragmentNamesTests
{
    [Fact]
    public void A_known_fragment_can_be_spread() => TestRules.Valid<KnownFragmentNames>(
        "{ ...A } fragment A on Query { count }");

    [Fact]
    public void An_unknown_fragment_is_reported() => Assert.Equal(
        "1:6",
        TestRules.Complaints<KnownFragmentNames>(
            "{ ...A }"));
}
