using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class UniqueFragmentNamesTests
{
    [Fact]
    public void Different_fragments_are_fine() => TestRules.Valid<UniqueFragmentNames>(
        "{ ...A ...B } fragment A on Query { count } fragment B on Query { count }");

    [Fact]
    public void Two_fragments_cannot_share_a_name() => Assert.Equal(
        "2:10+3:10",
        TestRules.Complaints<UniqueFragmentNames>(
            """
            { ...A }
            fragment A on Query { count }
            fragment A on Query { count }
            """));
}
