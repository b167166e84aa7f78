using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class VariablesInAllowedPositionTests
{
    [Fact]
    public void A_non_null_variable_fits_a_nullable_place() => TestRules.Valid<VariablesInAllowedPosition>(
        "query ($n: Int!) { students(first: $n) { id } }");

    [Fact]
    public void A_default_makes_a_nullable_variable_fit() => TestRules.Valid<VariablesInAllowedPosition>(
        "query ($e: Boolean = true, $f: Boolean) { a: count(exact: $e) b: count(exact: $f) }");

    [Fact]
    public void A_nullable_variable_does_not_fit_a_non_null_place() => Assert.Equal(
        "1:8+1:31",
        TestRules.Complaints<VariablesInAllowedPosition>(
            "query ($id: ID) { student(id: $id) { id } }"));

    [Fact]
    public void A_default_of_null_does_not_help() => Assert.Equal(
        "1:8+1:38",
        TestRules.Complaints<VariablesInAllowedPosition>(
            "query ($id: ID = null) { student(id: $id) { id } }"));

    [Fact]
    public void Another_type_never_fits() => Assert.Equal(
        "1:8+1:38",
        TestRules.Complaints<VariablesInAllowedPosition>(
            "query ($n: String) { students(first: $n) { id } }"));

    [Fact]
    public void A_list_does_not_fit_an_item() => Assert.Equal(
        "1:8+1:42",
        TestRules.Complaints<VariablesInAllowedPosition>(
            "query ($f: [Boolean]) { students(flags: [$f]) { id } }"));

    [Fact]
    public void A_one_of_field_takes_no_null() => Assert.Equal(
        "1:8+1:36",
        TestRules.Complaints<VariablesInAllowedPosition>(
            "query ($id: ID) { person(by: { id: $id }) { id } }"));
}
