using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class UniqueDirectivesPerLocationTests
{
    [Fact]
    public void A_repeatable_directive_may_repeat() => TestRules.Valid<UniqueDirectivesPerLocation>(
        """
        { count @audit(by: "a") @audit(by: "b") @once }
        """);

    [Fact]
    public void Another_may_not() => Assert.Equal(
        "1:9+1:15",
        TestRules.Complaints<UniqueDirectivesPerLocation>(
            "{ count @once @once }"));
}
