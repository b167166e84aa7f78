using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class UniqueArgumentNamesTests
{
    [Fact]
    public void Different_arguments_are_fine() => TestRules.Valid<UniqueArgumentNames>(
        """
        { students(first: 1, after: "x") { id } }
        """);

    [Fact]
    public void An_argument_is_given_once() => Assert.Equal(
        "1:11+1:18+1:25",
        TestRules.Complaints<UniqueArgumentNames>(
            "{ student(id: 1, id: 2, id: 3) { id } }"));
}
