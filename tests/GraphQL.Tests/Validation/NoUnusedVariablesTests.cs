using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class NoUnusedVariablesTests
{
    [Fact]
    public void A_variable_inside_a_list_is_used() => TestRules.Valid<NoUnusedVariables>(
        "query ($f: Boolean) { students(flags: [$f]) { id } }");

    [Fact]
    public void A_variable_of_a_directive_is_used() => TestRules.Valid<NoUnusedVariables>(
        "query ($f: Boolean!) { count @skip(if: $f) }");

    [Fact]
    public void An_unused_variable_is_reported() => Assert.Equal(
        "1:17",
        TestRules.Complaints<NoUnusedVariables>(
            "query ($n: Int, $m: Int) { students(first: $n) { id } }"));
}
