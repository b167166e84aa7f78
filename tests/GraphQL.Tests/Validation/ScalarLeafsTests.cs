using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class ScalarLeafsTests
{
    [Fact]
    public void Objects_with_and_leaves_without_selection_are_right() => TestRules.Valid<ScalarLeafs>(
        "{ student(id: 1) { name grade } }");

    [Fact]
    public void An_object_needs_a_selection() => Assert.Equal(
        "1:3",
        TestRules.Complaints<ScalarLeafs>(
            "{ student(id: 1) }"));

    [Fact]
    public void A_leaf_cannot_have_one() => Assert.Equal(
        "1:9",
        TestRules.Complaints<ScalarLeafs>(
            "{ count { value } }"));
}
