using System.Text.Json;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Tests.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Introspection;

public sealed class IntrospectionTests
{
    private const string Sdl =
        """
        "A district."
        schema { query: Query }
        enum Grade { NINTH TENTH @deprecated(reason: "Gone.") }
        input By @oneOf { id: ID  name: String @deprecated }
        interface Person { id: ID! }
        type Student implements Person { id: ID!  grade: Grade  old: Int @deprecated }
        scalar Url @specifiedBy(url: "https://example.org/url")
        type Query { person(by: By, first: Int! = 10): [Person!]  home: Url }
        """;

    [Theory]
    [InlineData(
        "{ __schema { description queryType { name } mutationType { name } } }",
        """{"__schema":{"description":"A district.","queryType":{"name":"Query"},"mutationType":null}}""")]
    [InlineData(
        "{ __type(name: \"Student\") { kind fields { name } interfaces { name } possibleTypes { name } } }",
        """{"__type":{"kind":"OBJECT","fields":[{"name":"id"},{"name":"grade"}],"interfaces":[{"name":"Person"}],"""
            + "\"possibleTypes\":null}}")]
    [InlineData(
        "{ __type(name: \"Person\") { kind possibleTypes { name } isOneOf ofType { name } } }",
        """{"__type":{"kind":"INTERFACE","possibleTypes":[{"name":"Student"}],"isOneOf":null,"ofType":null}}""")]
    [InlineData(
        "{ __type(name: \"Grade\") { enumValues(includeDeprecated: true) { name deprecationReason } } }",
        """{"__type":{"enumValues":[{"name":"NINTH","deprecationReason":null},"""
            + """{"name":"TENTH","deprecationReason":"Gone."}]}}""")]
    [InlineData(
        "{ __type(name: \"By\") { kind isOneOf inputFields { name } } }",
        """{"__type":{"kind":"INPUT_OBJECT","isOneOf":true,"inputFields":[{"name":"id"}]}}""")]
    [InlineData(
        "{ __type(name: \"Url\") { kind specifiedByURL } nothing: __type(name: \"None\") { name } }",
        """{"__type":{"kind":"SCALAR","specifiedByURL":"https://example.org/url"},"nothing":null}""")]
    public async Task A_schema_describes_itself(string document, string data) =>
        Assert.Equal(data, (await Ask(document)).GetRawText());

    [Fact]
    public async Task Types_unfold_through_lists_and_non_nulls()
    {
        var data = await Ask(
            "{ __type(name: \"Query\") { fields { args { name defaultValue type { kind ofType { name } } } } } }");
        Assert.Equal(
            """[{"name":"by","defaultValue":null,"type":{"kind":"INPUT_OBJECT","ofType":null}},"""
                + """{"name":"first","defaultValue":"10","type":{"kind":"NON_NULL","ofType":{"name":"Int"}}}]""",
            data.GetProperty("__type").GetProperty("fields")[0].GetProperty("args").GetRawText());
    }

    [Fact]
    public async Task Scalars_nobody_uses_are_not_there()
    {
        var data = await Ask("{ __schema { types { name } directives { name } } }");
        var types = data.GetProperty("__schema").GetProperty("types").EnumerateArray().Select(NameOf).ToList();
        Assert.Contains("Boolean", types);
        Assert.DoesNotContain("Float", types);
        Assert.Equal(types.Count, types.Distinct().Count());
        Assert.Equal(
            ["skip", "include", "deprecated", "specifiedBy", "oneOf"],
            data.GetProperty("__schema").GetProperty("directives").EnumerateArray().Select(NameOf));
    }

    private static string NameOf(JsonElement element) => element.GetProperty("name").GetString()!;

    private static async Task<JsonElement> Ask(string document)
    {
        var builder = new RequestExecutorBuilder();
        builder.ModifyOptions(options => options.AllowIntrospection = true);
        var executor = builder.Build(SchemaBuilder.FromSdl(Sdl).GetSchemaOrThrow());
        using var result = await executor.ExecuteAsync(GraphQLRequest.FromText(document, new TestServices()));
        return JsonElement.Parse(result.ToJson()).GetProperty("data");
    }
}
