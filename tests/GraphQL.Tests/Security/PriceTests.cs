namespace K12Hub.GraphQL.Tests.Security;

/// <summary>What operations cost: the work, then the objects of the answer.</summary>
public sealed class PriceTests
{
    private readonly Library library = new();

    [Theory]
    [InlineData("{ book { title } }", "10 2")]
    [InlineData("{ book { title author { name } } }", "11 3")]
    [InlineData("{ __typename }", "0 1")]
    [InlineData("{ scan }", "0.5 1")]
    public async Task Fields_weigh_what_the_schema_says_and_objects_one(string document, string price) =>
        Assert.Equal(price, await library.Price(document));

    // The examples of HotChocolate's documentation of its costs have the same shape: 10 + 1 + 50 × 1, and so on.
    [Theory]
    [InlineData("{ books(first: 50) { edges { node { title author { name } } } } }", "111 152")]
    [InlineData("{ books(first: 50) { nodes { title author { name } } } }", "61 102")]
    [InlineData("{ books(last: 7) { nodes { title } } }", "11 9")]
    [InlineData("{ books(first: 3, last: 7) { nodes { title } } }", "11 9")]
    [InlineData("{ books { nodes { title } } }", "11 22")]
    [InlineData("{ books(first: null) { nodes { title } totalCount } }", "21 22")]
    [InlineData("{ books(first: 0) { nodes { author { name } } } }", "11 2")]
    [InlineData("{ books(first: -5) { nodes { author { name } } } }", "11 2")]
    public async Task A_page_counts_as_large_as_it_is_asked_for(string document, string price) =>
        Assert.Equal(price, await library.Price(document));

    [Theory]
    [InlineData("""{"n": 50}""", "61 102")]
    [InlineData("""{"n": null}""", "31 42")]
    [InlineData("{}", "31 42")]
    public async Task Variables_count_with_the_values_they_have(string variables, string price) => Assert.Equal(
        price, await library.Price("query ($n: Int) { books(first: $n) { nodes { author { name } } } }", variables));

    [Theory]
    [InlineData("{ shelves { name } }", "1 41")]
    [InlineData("{ shelves { books { title } } }", "11 61")]
    [InlineData("{ shelves { books(first: 5) { title } } }", "11 91")]
    [InlineData("{ rooms { name } }", "1 13")]
    [InlineData("{ byIds { title } }", "1 3")]
    [InlineData("""{ byIds(ids: ["1", "2", "3", "4"]) { title } }""", "1 5")]
    [InlineData("""{ byIds(ids: "1") { title } }""", "1 2")]
    public async Task Lists_count_as_their_arguments_say_or_as_assumed(string document, string price) =>
        Assert.Equal(price, await library.Price(document));

    [Fact]
    public async Task A_list_given_as_variable_counts_its_items() => Assert.Equal(
        "1 4", await library.Price("query ($i: [ID!]!) { byIds(ids: $i) { title } }", """{"i": [1, 2, 3]}"""));

    [Theory]
    [InlineData("""{title: {eq: "a"}}""", "13 22")]
    [InlineData("""{title: {contains: "a"}}""", "23 22")]
    [InlineData("""{title: {in: ["a", "b", "c"]}}""", "13 22")]
    [InlineData("""{and: [{title: {eq: "a"}}, {author: {contains: "b"}}]}""", "26 22")]
    [InlineData("null", "11 22")]
    public async Task A_filter_costs_what_it_holds_in_the_document_and_in_variables_alike(string filter, string price)
    {
        Assert.Equal(price, await library.Price($"{{ books(where: {filter}) {{ nodes {{ title }} }} }}"));
        Assert.Equal(price, await library.Price(
            "query ($w: BookFilter) { books(where: $w) { nodes { title } } }", $$"""{"w": {{Json(filter)}} }"""));
    }

    [Fact]
    public async Task Variables_inside_a_filter_and_lists_of_inputs_count_with_their_values()
    {
        const string Document = """
            query ($t: String, $f: [BookFilter!], $o: [BookSort!]) {
              books(where: {title: {contains: $t}, and: $f}, order: $o) { nodes { title } }
            }
            """;
        Assert.Equal("13 22", await library.Price(Document));
        Assert.Equal("23 22", await library.Price(Document, """{"t": "x"}"""));
        Assert.Equal("27 22", await library.Price(
            Document, """{"t": "x", "f": [{"title": {"eq": "y"}}], "o": [{"title": "ASC"}, {}]}"""));
    }

    [Fact]
    public async Task Arguments_weigh_once_or_once_for_each_item()
    {
        Assert.Equal("7.5 1", await library.Price("""{ scan(text: "a") }"""));
        Assert.Equal("13.5 1", await library.Price("""{ scan(text: "a", tags: ["x", "y", "z"]) }"""));
        Assert.Equal("4.5 1", await library.Price(
            "query ($t: [String!]) { scan(tags: $t) }", """{"t": ["x", "y"]}"""));
    }

    [Fact]
    public async Task Fragments_and_repetitions_cost_what_they_add() => Assert.Equal(
        await library.Price("{ book { title author { name } } }"),
        await library.Price(
            "{ book { ...A ...B ... { author { name } } } book { title } } "
                + "fragment A on Book { title author { name } } fragment B on Book { ...A author { name } }"));

    [Fact]
    public async Task Left_out_fields_are_free()
    {
        const string Document = "query ($with: Boolean!) { book { title author @include(if: $with) { name } } }";
        Assert.Equal("10 2", await library.Price(Document, """{"with": false}"""));
        Assert.Equal("11 3", await library.Price(Document, """{"with": true}"""));
    }

    [Fact]
    public async Task Of_the_types_a_union_may_have_the_dearer_counts()
    {
        // Named.owner is Book.owner (1) or Shelf.owner (6); what is found may be a Book (1) or a Shelf (4).
        Assert.Equal("31 26", await library.Price("{ found { ... on Named { owner { name } } } }"));
        Assert.Equal("6 26", await library.Price(
            "{ found { ... on Book { author { name } } ... on Shelf { name } } }"));
    }

    private static string Json(string literal) => literal
        .Replace("and:", "\"and\":", StringComparison.Ordinal)
        .Replace("title:", "\"title\":", StringComparison.Ordinal)
        .Replace("author:", "\"author\":", StringComparison.Ordinal)
        .Replace("eq:", "\"eq\":", StringComparison.Ordinal)
        .Replace("contains:", "\"contains\":", StringComparison.Ordinal)
        .Replace("in:", "\"in\":", StringComparison.Ordinal);
}
