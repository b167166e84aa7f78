using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class FragmentsOnCompositeTypesTests
{
    [Fact]
    public void Objects_interfaces_and_unions_have_fragments() => TestRules.Valid<FragmentsOnCompositeTypes>(
        """
        { search(text: "a") { ... on Found { __typename } ... on Person { id } ... on School { id } } }
        """);

    [Fact]
    public void Leaves_and_inputs_have_none() => Assert.Equal(
        "1:10 2:15",
        TestRules.Complaints<FragmentsOnCompositeTypes>(
            """
            { ... on Grade { a } ...F }
            fragment F on StudentFilter { a }
            """));
}
