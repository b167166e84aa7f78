using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class ValuesOfCorrectTypeTests
{
    [Fact]
    public void Fitting_values_are_fine() => TestRules.Valid<ValuesOfCorrectType>(
        """
        {
          students(first: 1, after: null, flags: [true, null],
            where: { school: 7, grade: NINTH, grades: TENTH }) { id } }
        """);

    [Fact]
    public void A_leaf_has_its_scalar() => Assert.Equal(
        "1:19 1:44 1:59",
        TestRules.Complaints<ValuesOfCorrectType>(
            """
            { students(first: "1") { id } count(exact: 1) student(id: 1.5) { id } }
            """));

    [Fact]
    public void An_int_has_32_bits() => Assert.Equal(
        "1:19",
        TestRules.Complaints<ValuesOfCorrectType>(
            "{ students(first: 2147483648) { id } }"));

    [Fact]
    public void An_enum_value_is_a_known_name() => Assert.Equal(
        "1:39 1:58",
        TestRules.Complaints<ValuesOfCorrectType>(
            """
            { students(where: { school: 1, grade: ELEVENTH, grades: ["NINTH"] }) { id } }
            """));

    [Fact]
    public void Null_is_no_value_of_a_non_null_type() => Assert.Equal(
        "1:15",
        TestRules.Complaints<ValuesOfCorrectType>(
            "{ student(id: null) { id } }"));

    [Fact]
    public void An_input_object_has_known_fields_and_all_required_ones() => Assert.Equal(
        "1:21 1:19",
        TestRules.Complaints<ValuesOfCorrectType>(
            "{ students(where: { age: 7 }) { id } }"));

    [Fact]
    public void An_input_object_is_an_object() => Assert.Equal(
        "1:19",
        TestRules.Complaints<ValuesOfCorrectType>(
            "{ students(where: [1]) { id } }"));

    [Fact]
    public void A_one_of_object_has_one_field() => Assert.Equal(
        "1:14 1:57",
        TestRules.Complaints<ValuesOfCorrectType>(
            """
            { person(by: { id: 1, name: "x" }) { id } p: person(by: {}) { id } }
            """));

    [Fact]
    public void That_field_is_not_null() => Assert.Equal(
        "1:14",
        TestRules.Complaints<ValuesOfCorrectType>(
            "{ person(by: { id: null }) { id } }"));

    [Fact]
    public void A_default_is_a_value_too() => Assert.Equal(
        "1:18 1:38",
        TestRules.Complaints<ValuesOfCorrectType>(
            """
            query ($n: Int = "1", $f: Boolean! = null) { students(first: $n, flags: [$f]) { id } }
            """));
}
