using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class UniqueVariableNamesTests
{
    [Fact]
    public void Two_operations_may_share_a_variable() => TestRules.Valid<UniqueVariableNames>(
        "query A($n: Int) { students(first: $n) { id } } query B($n: Int) { students(first: $n) { id } }");

    [Fact]
    public void One_operation_declares_it_once() => Assert.Equal(
        "1:9+1:18",
        TestRules.Complaints<UniqueVariableNames>(
            "query ($n: Int, $n: Int) { students(first: $n) { id } }"));
}
