using System.Diagnostics;
using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

/// <summary>What a server refuses although the specification would allow it.</summary>
public sealed class LimitsTests
{
    [Fact]
    public void An_ordinary_document_is_within_all_limits() =>
        Assert.Equal("", TestRules.Codes("{ student(id: 1) { name guardians { name students { name } } } }"));

    [Fact]
    public void Fields_nest_twelve_deep_at_most()
    {
        var limits = ValidationOptions.Default with { MaxRepetition = 100 };
        Assert.Equal("", TestRules.Codes(Friends(10), limits));
        Assert.Equal("GRAPHQL_LIMIT_DEPTH", TestRules.Codes(Friends(11), limits));
    }

    [Fact]
    public void A_field_repeats_three_times_within_itself_at_most()
    {
        Assert.Equal("", TestRules.Codes(Friends(3)));
        Assert.Equal("GRAPHQL_LIMIT_REPETITION", TestRules.Codes(Friends(4)));
    }

    [Fact]
    public void Fragments_count_as_often_as_they_are_spread() => Assert.Equal(
        "GRAPHQL_LIMIT_FIELDS",
        TestRules.Codes(
            "{ student(id: 1) { ...A ...A ...A ...A } } fragment A on Student { id name grade }",
            ValidationOptions.Default with { MaxFields = 12 }));

    [Fact]
    public void A_fan_of_fragments_is_cut_off_early()
    {
        var fan = Enumerable.Range(0, 60).Select(i => $"fragment F{i} on Student {{ ...F{i + 1} ...F{i + 1} }}");
        var document = $"{{ student(id: 1) {{ ...F0 }} }} {string.Join('\n', fan)} fragment F60 on Student {{ id }}";
        var watch = Stopwatch.StartNew();
        Assert.Equal("GRAPHQL_LIMIT_FRAGMENTS", TestRules.Codes(document));
        Assert.True(watch.ElapsedMilliseconds < 1_000, $"took {watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public void Thirty_aliases_of_a_field_are_enough()
    {
        Assert.Equal("", TestRules.Codes($"{{ student(id: 1) {{ {Aliases(30)} }} }}"));
        Assert.Equal("GRAPHQL_LIMIT_ALIASES", TestRules.Codes($"{{ student(id: 1) {{ {Aliases(31)} }} }}"));
    }

    [Fact]
    public void Twenty_root_fields_are_enough()
    {
        var roots = string.Join(' ', Enumerable.Range(0, 21).Select(i => $"c{i}: count"));
        Assert.Equal("GRAPHQL_LIMIT_ROOT_FIELDS", TestRules.Codes($"{{ {roots} }}"));
    }

    [Fact]
    public void Introspection_can_be_denied_but_not_the_type_name() => Assert.Equal(
        "GRAPHQL_INTROSPECTION_DENIED",
        TestRules.Codes(
            "{ __typename __schema { description } }",
            ValidationOptions.Default with { AllowIntrospection = false }));

    [Fact]
    public void Validation_stops_after_five_errors() => Assert.Equal(
        5,
        TestRules.Codes("{ a b c d e f g }").Split(' ').Length);

    [Fact]
    public void Too_tangled_selections_are_refused_instead_of_checked_for_ever() => Assert.Equal(
        "GRAPHQL_LIMIT_MERGE",
        TestRules.Codes(
            $"{{ {string.Concat(Enumerable.Repeat("student(id: 1) { id name grade } ", 100))} }}",
            ValidationOptions.Default with { MaxMergeComparisons = 300, MaxRootFields = 1_000 }));

    [Fact]
    public void A_thousand_equal_fields_are_compared_in_a_moment()
    {
        var repeated = string.Concat(Enumerable.Repeat("student(id: 1) { friend { friend { id } } } ", 1_000));
        var watch = Stopwatch.StartNew();
        Assert.Equal("", TestRules.Codes($"{{ {repeated} }}", ValidationOptions.SpecificationOnly));
        Assert.True(watch.ElapsedMilliseconds < 2_000, $"took {watch.ElapsedMilliseconds} ms");
    }

    private static string Friends(int times)
    {
        var friends = string.Concat(Enumerable.Repeat("friend { ", times));
        return $"{{ student(id: 1) {{ {friends} id {new string('}', times)} }} }}";
    }

    private static string Aliases(int times) =>
        string.Join(' ', Enumerable.Range(0, times).Select(i => $"a{i}: name"));
}
