using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Conventions;

/// <summary>What <c>[UseConnection]</c> can say besides the size of a page.</summary>
public sealed class ConnectionOptionTests
{
    private readonly SchoolHarness school = new();

    [Theory]
    [InlineData("{ trips { nodes { title } } }", null, "trips", 0)]
    [InlineData("{ dearTrips { nodes { title } } }", null, "dearTrips", 0)]
    [InlineData("{ trips(first: null) { nodes { title } } }", null, "trips", 0)]
    [InlineData("query ($n: Int) { trips(first: $n) { nodes { title } } }", "{}", "trips", 0)]
    [InlineData("query ($n: Int) { trips(last: $n) { nodes { title } } }", """{"n":null}""", "trips", 0)]
    [InlineData("{ trips(first: 1, last: 1) { nodes { title } } }", null, "trips", 2)]
    public async Task A_page_without_boundary_is_refused_before_anything_is_executed(
        string document, string? variables, string field, int given)
    {
        var answer = await school.Answer(document, variables);

        Assert.StartsWith(
            $$"""{"errors":[{"message":"Query.{{field}} needs exactly one of its arguments first, last; """,
            answer,
            StringComparison.Ordinal);
        Assert.Contains($"; {given} are given.", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"GRAPHQL_SLICING_ARGUMENT\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"data\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ trips(first: 1) { nodes { title } } }", "trips", "Farm")]
    [InlineData("{ trips(last: 1) { nodes { title } } }", "trips", "Zoo")]
    [InlineData("query ($n: Int = 1) { dearTrips(last: $n) { nodes { title } } }", "dearTrips", "Zoo")]
    public Task A_page_with_a_boundary_is_answered(string document, string field, string title) =>
        school.Answers($$$"""{"{{{field}}}": {"nodes": [{"title": "{{{title}}}"}]}}""", document);

    [Fact]
    public async Task A_connection_without_total_count_has_no_such_field() => Assert.Equal(
        "GRAPHQL_VALIDATION", await school.Code("{ trips(first: 1) { totalCount } }"));

    [Fact]
    public void Connections_of_one_row_have_a_total_count_or_none()
    {
        var schema = new SchemaBuilder().AddType(new ObjectType("Trip") { Fields = [new("title", "String")] });
        Connections.Add(schema, "Trip", includeTotalCount: false);
        Connections.Add(schema, "Trip", includeTotalCount: false);
        schema.ExtendObject("Query", new FieldDefinition("trips", "TripConnection"));
        Connections.Add(schema, "Trip");

        var refused = Assert.Throws<InvalidOperationException>(() => schema.Build().GetSchemaOrThrow());

        Assert.Contains("TripConnection has totalCount for one field and not for another", refused.Message);
    }
}
