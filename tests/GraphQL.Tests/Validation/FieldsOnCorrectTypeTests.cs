using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class FieldsOnCorrectTypeTests
{
    [Fact]
    public void Fields_of_the_type_can_be_selected() => TestRules.Valid<FieldsOnCorrectType>(
        "{ student(id: 1) { name ... on Person { id } __typename } }");

    [Fact]
    public void An_unknown_field_is_reported_where_it_stands() => Assert.Equal(
        "2:20",
        TestRules.Complaints<FieldsOnCorrectType>(
            """
            {
              student(id: 1) { shoeSize }
            }
            """));

    [Fact]
    public void A_union_has_no_fields_but_its_type_name() => Assert.Equal(
        "1:34",
        TestRules.Complaints<FieldsOnCorrectType>(
            """
            { search(text: "a") { __typename name } }
            """));

    [Fact]
    public void Below_an_unknown_field_nothing_more_is_said() => Assert.Equal(
        "1:3",
        TestRules.Complaints<FieldsOnCorrectType>(
            "{ teacher { name { first } } }"));

    [Fact]
    public void Introspection_starts_at_the_query_root_only() => Assert.Equal(
        "1:20",
        TestRules.Complaints<FieldsOnCorrectType>(
            "{ student(id: 1) { __schema { description } } }"));
}
