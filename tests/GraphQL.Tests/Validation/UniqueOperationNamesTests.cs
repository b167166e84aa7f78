using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class UniqueOperationNamesTests
{
    [Fact]
    public void Different_names_are_fine() => TestRules.Valid<UniqueOperationNames>(
        "query A { count } mutation B { enroll(student: 1) { id } }");

    [Fact]
    public void Two_operations_cannot_share_a_name() => Assert.Equal(
        "1:7+2:10",
        TestRules.Complaints<UniqueOperationNames>(
            """
            query A { count }
            mutation A { enroll(student: 1) { id } }
            """));
}
