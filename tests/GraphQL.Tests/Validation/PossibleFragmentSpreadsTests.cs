using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class PossibleFragmentSpreadsTests
{
    [Fact]
    public void An_object_fits_into_itself_and_its_interfaces() => TestRules.Valid<PossibleFragmentSpreads>(
        "{ student(id: 1) { ... on Student { id } ... on Person { id } ... on Found { __typename } } }");

    [Fact]
    public void An_interface_and_a_union_may_share_an_object() => TestRules.Valid<PossibleFragmentSpreads>(
        """
        { search(text: "a") { ... on Person { id } } }
        """);

    [Fact]
    public void Another_object_never_fits() => Assert.Equal(
        "2:20 2:43",
        TestRules.Complaints<PossibleFragmentSpreads>(
            """
            {
              student(id: 1) { ... on Guardian { id } ...S }
            }
            fragment S on School { id }
            """));

    [Fact]
    public void An_object_outside_the_union_never_fits() => Assert.Equal(
        "1:23",
        TestRules.Complaints<PossibleFragmentSpreads>(
            """
            { search(text: "a") { ... on Guardian { id } } }
            """));
}
