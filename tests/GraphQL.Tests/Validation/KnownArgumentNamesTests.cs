using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class KnownArgumentNamesTests
{
    [Fact]
    public void Defined_arguments_can_be_given() => TestRules.Valid<KnownArgumentNames>(
        """
        { student(id: 1) { name(short: true) @audit(by: "me") } }
        """);

    [Fact]
    public void An_unknown_argument_is_reported() => Assert.Equal(
        "1:18",
        TestRules.Complaints<KnownArgumentNames>(
            "{ student(id: 1, age: 7) { id } }"));

    [Fact]
    public void So_is_one_of_a_directive() => Assert.Equal(
        "1:26",
        TestRules.Complaints<KnownArgumentNames>(
            """
            { count @audit(by: "me", at: 1) }
            """));
}
