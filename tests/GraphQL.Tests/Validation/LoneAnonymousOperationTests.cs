using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class LoneAnonymousOperationTests
{
    [Fact]
    public void An_anonymous_operation_may_have_fragments_beside_it() => TestRules.Valid<LoneAnonymousOperation>(
        "{ ...F } fragment F on Query { count }");

    [Fact]
    public void An_anonymous_operation_stands_alone() => Assert.Equal(
        "1:1",
        TestRules.Complaints<LoneAnonymousOperation>(
            """
            { count }
            query B { count }
            """));
}
