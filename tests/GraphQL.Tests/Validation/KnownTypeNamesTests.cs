using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class KnownTypeNamesTests
{
    [Fact]
    public void Known_types_can_be_named() => TestRules.Valid<KnownTypeNames>(
        """
        query ($id: ID!, $n: [String]) {
          student(id: $id) { ... on Person { id } } students(after: $n) { id } }
        """);

    [Fact]
    public void Unknown_types_are_reported() => Assert.Equal(
        "1:12 1:30 2:15",
        TestRules.Complaints<KnownTypeNames>(
            """
            query ($x: Teacher) { ... on Teacher { id } ...F }
            fragment F on Lesson { id }
            """));
}
