using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class ExecutableDefinitionsTests
{
    [Fact]
    public void Operations_and_fragments_can_be_executed() => TestRules.Valid<ExecutableDefinitions>(
        "{ ...F } fragment F on Query { count }");

    [Fact]
    public void A_type_definition_cannot_be_executed() => Assert.Equal(
        "2:1 3:1",
        TestRules.Complaints<ExecutableDefinitions>(
            """
            { count }
            type Query { count: Int }
            extend type Student { age: Int }
            """));
}
