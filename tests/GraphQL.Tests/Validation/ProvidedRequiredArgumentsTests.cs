using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class ProvidedRequiredArgumentsTests
{
    [Fact]
    public void A_default_makes_an_argument_optional() => TestRules.Valid<ProvidedRequiredArguments>(
        "{ count student(id: 1) { guardians { id } } }");

    [Fact]
    public void A_required_argument_is_given() => Assert.Equal(
        "1:3",
        TestRules.Complaints<ProvidedRequiredArguments>(
            "{ student { id } }"));

    [Fact]
    public void A_directive_may_require_arguments_too() => Assert.Equal(
        "1:9 1:30",
        TestRules.Complaints<ProvidedRequiredArguments>(
            "{ count @audit count2: count @skip }"));
}
