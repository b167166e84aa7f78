using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class MaxIntrospectionDepthTests
{
    [Fact]
    public void Two_levels_of_lists_are_enough() => TestRules.Valid<MaxIntrospectionDepth>(
        "{ __schema { types { fields { type { fields { name } } } } } }");

    [Fact]
    public void Three_are_too_many() => Assert.Equal(
        "1:3",
        TestRules.Complaints<MaxIntrospectionDepth>(
            "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"));

    [Fact]
    public void Fragments_hide_nothing() => Assert.Equal(
        "1:3",
        TestRules.Complaints<MaxIntrospectionDepth>(
            """
            { __type(name: "Student") { ...T } }
            fragment T on __Type { fields { type { ...U } } }
            fragment U on __Type { interfaces { possibleTypes { name } } }
            """));
}
