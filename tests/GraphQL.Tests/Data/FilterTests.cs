using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Execution;
using static K12Hub.GraphQL.Tests.Data.Roll;

namespace K12Hub.GraphQL.Tests.Data;

public sealed class FilterTests
{
    internal static readonly Dictionary<string, FilterField> Fields = new[]
    {
        new FilterField("number", nameof(Pupil.Number), "Int"),
        new("familyName", nameof(Pupil.FamilyName), "String"),
        new("nickname", nameof(Pupil.Nickname), "String"),
        new("schoolId", nameof(Pupil.SchoolId), "UUID"),
        new("bornOn", nameof(Pupil.BornOn), "LocalDate"),
    }.ToDictionary(field => field.Name);

    public static TheoryData<string, string, object?, int[]> Comparisons => new()
    {
        { "number", "eq", 3, [3] },
        { "number", "neq", 3, [1, 2, 4, 5, 6, 7] },
        { "number", "in", new object?[] { 3, 5, 9 }, [3, 5] },
        { "number", "nin", new object?[] { 1, 2, 3, 4, 5 }, [6, 7] },
        { "number", "gt", 5, [6, 7] },
        { "number", "gte", 5, [5, 6, 7] },
        { "number", "lt", 2, [1] },
        { "number", "lte", 2, [1, 2] },
        { "bornOn", "gt", new DateOnly(2015, 1, 6), [7] },
        { "familyName", "contains", "ti", [1, 4, 6] },
        { "familyName", "startsWith", "O", [1, 3, 4, 6] },
        { "familyName", "endsWith", "t", [5] },
        { "nickname", "contains", "e", [3, 5, 7] },
        { "nickname", "eq", null, [2, 4] },
        { "nickname", "neq", null, [1, 3, 5, 6, 7] },
        { "schoolId", "eq", null, [2, 4, 6] },
    };

    [Theory, MemberData(nameof(Comparisons))]
    public void A_comparison_keeps_the_rows_it_says(string field, string operation, object? value, int[] kept) =>
        Assert.Equal(kept, Kept(Where(field, operation, value)));

    [Fact]
    public void Conditions_side_by_side_all_hold() => Assert.Equal([6], Kept(new()
    {
        ["familyName"] = new Dictionary<string, object?> { ["startsWith"] = "O", ["endsWith"] = "z" },
        ["number"] = new Dictionary<string, object?> { ["gt"] = 4 },
    }));

    [Fact]
    public void And_and_or_combine_filters() => Assert.Equal([2, 3], Kept(new()
    {
        ["or"] = new object?[] { Filter(Where("number", "eq", 2)), Filter(Where("number", "eq", 3)) },
        ["and"] = new object?[] { Filter(Where("number", "lt", 5)), Filter([]) },
    }));

    [Fact]
    public void Every_row_fulfils_a_branch_that_asks_for_nothing()
    {
        var two = Filter(Where("number", "eq", 2));
        var nothingOfANumber = Filter(new() { ["number"] = new Dictionary<string, object?>() });

        Assert.Null(Filter(new() { ["or"] = new object?[] { two, Filter([]) } }).Predicate);
        Assert.Null(Filter(new() { ["or"] = new object?[] { nothingOfANumber, two } }).Predicate);
        Assert.Equal([2], Kept(new() { ["and"] = new object?[] { two, nothingOfANumber } }));
        Assert.Equal([6, 7], Kept(new()
        {
            ["or"] = new object?[] { two, Filter([]) },
            ["number"] = new Dictionary<string, object?> { ["gt"] = 5 },
        }));
    }

    [Theory]
    [InlineData("and")]
    [InlineData("or")]
    public void No_branches_are_no_condition(string name)
    {
        Assert.Null(Filter(new() { [name] = Array.Empty<object?>() }).Predicate);
        Assert.Null(Filter(new() { [name] = null }).Predicate);
    }

    [Fact]
    public void What_is_wrong_beside_an_empty_branch_is_an_error_all_the_same() =>
        Assert.Throws<GraphQLException>(() => Kept(new()
        {
            ["or"] = new object?[] { Filter([]), Filter(Where("number", "gt", null)) },
        }));

    [Theory]
    [InlineData("eq")]
    [InlineData("contains")]
    [InlineData("in")]
    public void Text_that_no_database_keeps_is_an_error_of_the_client(string operation)
    {
        object value = operation == "in" ? new object?[] { "Ortiz", "O\0" } : "O\0";

        var error = Assert.Throws<GraphQLException>(() => Kept(Where("familyName", operation, value)));

        Assert.Equal("FILTER_INVALID", error.Error.Code);
    }

    [Fact]
    public void An_empty_filter_keeps_everything() => Assert.Null(Filter([]).Predicate);

    [Fact]
    public void Values_are_parameters_and_not_part_of_the_query()
    {
        var predicate = Filter(Where("familyName", "eq", "O'Hara")).Predicate!.ToString();

        Assert.DoesNotContain("Hara", predicate, StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_no_sense_is_an_error()
    {
        Assert.Equal("FILTER_INVALID", Code(Where("number", "gt", null)));
        Assert.Equal("FILTER_INVALID", Code(Where("number", "eq", null)));
        Assert.Equal("FILTER_INVALID", Code(Where("number", "in", new object?[1001])));
        Assert.Equal("FILTER_INVALID", Code(new()
        {
            ["or"] = Enumerable.Range(0, 51).Select(i => (object?)Filter(Where("number", "eq", i))).ToArray(),
        }));
    }

    private static IEnumerable<int> Kept(Dictionary<string, object?> input) =>
        Numbers(Pupils.Where(Filter(input).Predicate!)).Order();

    private static string? Code(Dictionary<string, object?> input) =>
        Assert.Throws<GraphQLException>(() => Filter(input).Predicate).Error.Code;

    private static Filter<Pupil> Filter(Dictionary<string, object?> input) => new(input, Fields);

    private static Dictionary<string, object?> Where(string field, string operation, object? value) =>
        new() { [field] = new Dictionary<string, object?> { [operation] = value } };
}
