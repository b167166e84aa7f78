using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class OverlappingFieldsCanBeMergedTests
{
    [Fact]
    public void The_same_field_twice_is_one() => TestRules.Valid<OverlappingFieldsCanBeMerged>(
        "{ student(id: 1) { name name } student(id: 1) { id } }");

    [Fact]
    public void Different_aliases_keep_fields_apart() => TestRules.Valid<OverlappingFieldsCanBeMerged>(
        "{ a: student(id: 1) { name } b: student(id: 2) { name } }");

    [Fact]
    public void One_name_cannot_mean_two_fields() => Assert.Equal(
        "2:3+3:3",
        TestRules.Complaints<OverlappingFieldsCanBeMerged>(
            """
            {
              count: student(id: 1) { id }
              count
            }
            """));

    [Fact]
    public void One_name_cannot_mean_two_arguments() => Assert.Equal(
        "2:3+3:3",
        TestRules.Complaints<OverlappingFieldsCanBeMerged>(
            """
            {
              student(id: 1) { id }
              student(id: 2) { id }
            }
            """));

    [Fact]
    public void Below_fields_in_conflict_nothing_more_is_said() => Assert.Equal(
        "2:3+3:3",
        TestRules.Complaints<OverlappingFieldsCanBeMerged>(
            """
            {
              student(id: 1) { n: name }
              student(id: 2) { n: id }
            }
            """));

    [Fact]
    public void Different_objects_may_differ() => TestRules.Valid<OverlappingFieldsCanBeMerged>(
        """
        { search(text: "a") { ... on Student { n: name } ... on School { m: id } } }
        """);

    [Fact]
    public void Different_objects_need_the_same_shape() => Assert.Equal(
        "3:22+4:23",
        TestRules.Complaints<OverlappingFieldsCanBeMerged>(
            """
            {
              person(by: { id: 1 }) {
                ... on Student { grade }
                ... on Guardian { grade }
              }
            }
            """));

    [Fact]
    public void Arguments_are_equal_in_any_order() => TestRules.Valid<OverlappingFieldsCanBeMerged>(
        """
        {
          students(first: 1, where: { school: 1, grade: NINTH }) { id }
          students(where: { grade: NINTH, school: 1 }, first: 1) { id } }
        """);

    [Fact]
    public void A_conflict_deep_in_merged_selections_is_found() => Assert.Equal(
        "2:29+5:49",
        TestRules.Complaints<OverlappingFieldsCanBeMerged>(
            """
            {
              student(id: 1) { friend { x: id } }
              ...F
            }
            fragment F on Query { student(id: 1) { friend { x: name } } }
            """));

    [Fact]
    public void A_fragment_within_itself_ends() => TestRules.Valid<OverlappingFieldsCanBeMerged>(
        "{ student(id: 1) { ...F } } fragment F on Student { id friend { ...F } }");
}
