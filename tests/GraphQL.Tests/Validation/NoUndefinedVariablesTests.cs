using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class NoUndefinedVariablesTests
{
    [Fact]
    public void A_variable_may_be_used_in_a_fragment() => TestRules.Valid<NoUndefinedVariables>(
        "query ($n: Int) { ...F } fragment F on Query { students(first: $n) { id } }");

    [Fact]
    public void An_undeclared_variable_is_reported() => Assert.Equal(
        "1:27+1:1",
        TestRules.Complaints<NoUndefinedVariables>(
            "query A { students(first: $n) { id } }"));

    [Fact]
    public void Each_operation_needs_its_own() => Assert.Equal(
        "3:39+1:1",
        TestRules.Complaints<NoUndefinedVariables>(
            """
            query A { ...F }
            query B($n: Int) { ...F }
            fragment F on Query { students(first: $n) { id } }
            """));
}
