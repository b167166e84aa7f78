using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class VariablesAreInputTypesTests
{
    [Fact]
    public void Scalars_enums_and_inputs_are_fine() => TestRules.Valid<VariablesAreInputTypes>(
        "query ($a: [Int!]!, $b: Grade, $c: StudentFilter) { count }");

    [Fact]
    public void Objects_are_not() => Assert.Equal(
        "1:12 1:25",
        TestRules.Complaints<VariablesAreInputTypes>(
            "query ($a: Student, $b: [Found!]) { count }"));
}
