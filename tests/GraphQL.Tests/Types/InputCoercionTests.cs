using System.Text.Json;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Types;

public sealed class InputCoercionTests
{
    private static readonly Schema Schema = SchemaBuilder.FromSdl(
        """
        enum Grade { NINTH TENTH }
        input Filter { id: ID!  grade: Grade = NINTH  nested: [Filter!]  text: String }
        input By @oneOf { id: ID  name: String }
        type Query {
          a(f: Filter, b: By, i: Int, x: Float, s: String, o: Boolean, k: ID): Int
        }
        """).GetSchemaOrThrow();

    [Theory]
    [InlineData("Int", "1", "1")]
    [InlineData("Int", "1.0", "1")]
    [InlineData("Int", "1.5", null)]
    [InlineData("Int", "2147483648", null)]
    [InlineData("Int", "\"1\"", null)]
    [InlineData("Int", "true", null)]
    [InlineData("Float", "1", "1")]
    [InlineData("Float", "1e400", null)]
    [InlineData("Float", "\"1\"", null)]
    [InlineData("String", "\"a\"", "\"a\"")]
    [InlineData("String", "1", null)]
    [InlineData("Boolean", "true", "true")]
    [InlineData("Boolean", "1", null)]
    [InlineData("ID", "\"a\"", "\"a\"")]
    [InlineData("ID", "12345678901234567890", "\"12345678901234567890\"")]
    [InlineData("ID", "1.5", null)]
    [InlineData("Long", "9223372036854775807", "9223372036854775807")]
    [InlineData("Long", "9223372036854775808", null)]
    [InlineData("UUID", "\"123e4567-e89b-42d3-a456-426614174000\"", "\"123e4567-e89b-42d3-a456-426614174000\"")]
    [InlineData("UUID", "\"123\"", null)]
    [InlineData("LocalDate", "\"2026-02-29\"", null)]
    [InlineData("DateTime", "\"2026-09-01T08:00:00\"", null)]
    [InlineData("LocalTime", "\"07:45:00.5\"", "\"07:45:00.5000000\"")]
    [InlineData("LocalTime", "\"24:00:00\"", null)]
    [InlineData("LocalTime", "\"07:45\"", null)]
    [InlineData("Duration", "\"P1DT2H30M\"", "\"1.02:30:00\"")]
    [InlineData("Duration", "\"-PT0.5S\"", "\"-00:00:00.5000000\"")]
    [InlineData("Duration", "\"P1M\"", null)]
    [InlineData("Duration", "\"P1Y\"", null)]
    [InlineData("Duration", "\"2 hours\"", null)]
    [InlineData("URI", "\"https://k12hub.example/a?b=%20#c\"", "\"https://k12hub.example/a?b=%20#c\"")]
    [InlineData("URI", "\"/help\"", null)]
    [InlineData("URI", "\"help\"", null)]
    [InlineData("Decimal", "1234.50", "1234.50")]
    [InlineData("Decimal", "79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("Decimal", "1e40", null)]
    [InlineData("Decimal", "\"1\"", null)]
    [InlineData("JSON", "{\"a\":[1]}", "{\"a\":[1]}")]
    public void A_scalar_takes_what_it_can_represent(string type, string json, string? coerced) =>
        Assert.Equal(coerced ?? "error at ", Coerced(json, type));

    [Theory]
    [InlineData("[Int]", "1", "[1]")]
    [InlineData("[[Int]]", "[1,[2],null]", "[[1],[2],null]")]
    [InlineData("[[Int]]", "1", "[[1]]")]
    [InlineData("[Int!]", "[1,null]", "error at 1")]
    [InlineData("[Int]!", "null", "error at ")]
    [InlineData("[Int]", "[1,\"b\",true]", "error at 1 error at 2")]
    public void A_list_takes_a_single_value_as_a_list_of_one(string type, string json, string coerced) =>
        Assert.Equal(coerced, Coerced(json, type));

    [Theory]
    [InlineData("{\"text\":\"a\",\"id\":1}", "{\"id\":\"1\",\"grade\":\"NINTH\",\"text\":\"a\"}")]
    [InlineData("{\"id\":1,\"grade\":null}", "{\"id\":\"1\",\"grade\":null}")]
    [InlineData("{\"grade\":\"TENTH\"}", "error at ")]
    [InlineData("{\"id\":1,\"age\":2}", "error at ")]
    [InlineData("{\"id\":1,\"nested\":[{\"id\":2},{\"id\":null}]}", "error at nested.1.id")]
    [InlineData("{\"id\":1,\"grade\":\"ELEVENTH\"}", "error at grade")]
    [InlineData("[]", "error at ")]
    public void An_input_object_has_its_fields_in_the_order_of_their_definition(string json, string coerced) =>
        Assert.Equal(coerced, Coerced(json, "Filter"));

    [Theory]
    [InlineData("{\"id\":1}", "{\"id\":\"1\"}")]
    [InlineData("{}", "error at ")]
    [InlineData("{\"id\":1,\"name\":null}", "error at ")]
    [InlineData("{\"name\":null}", "error at name")]
    public void A_one_of_object_has_exactly_one_field(string json, string coerced) =>
        Assert.Equal(coerced, Coerced(json, "By"));

    [Fact]
    public void A_variable_in_a_literal_stands_for_its_value_or_for_nothing()
    {
        var variables = new Dictionary<string, object?> { ["id"] = "7", ["none"] = null };
        Assert.Equal(
            "{\"id\":\"7\",\"grade\":\"NINTH\",\"text\":null}",
            Literal("{ id: $id, grade: $absent, text: $none }", "Filter", variables));
        Assert.Equal("error at ", Literal("{ id: $absent }", "Filter", variables));
        Assert.Equal("error at id", Literal("{ id: $none }", "Filter", variables));
        Assert.Equal("[\"7\",null]", Literal("[$id, $absent]", "[ID]", variables));
        Assert.Equal("{\"a\":[\"7\",1]}", Literal("{ a: [$id, 1] }", "JSON", variables));
    }

    [Fact]
    public void An_input_object_becomes_the_object_its_author_wants()
    {
        var input = new InputObjectType("Point")
        {
            Fields = [new("x", "Int!"), new("y", "Int") { DefaultLiteral = "2" }],
            Construct = fields => ((int)fields["x"]!, (int)fields["y"]!),
        };
        new SchemaBuilder().AddType(input)
            .ExtendObject("Query", new FieldDefinition("a", "Int") { Arguments = [new("p", "Point")] })
            .Build().GetSchemaOrThrow();

        Assert.Equal((1, 2), JsonCoercion.Coerce(JsonElement.Parse("{\"x\":1}"), input, []));
    }

    private static string Coerced(string json, string type)
    {
        var errors = new List<InputError>();
        return Shown(JsonCoercion.Coerce(JsonElement.Parse(json), TypeOf(type), errors), errors);
    }

    private static string Literal(string text, string type, Dictionary<string, object?> variables)
    {
        var document = Parser.Parse($"{{ a(b: {text}) }}");
        var field = (FieldNode)((OperationDefinitionNode)document.Definitions[0]).SelectionSet.Selections[0];
        var errors = new List<InputError>();
        return Shown(LiteralCoercion.Coerce(field.Arguments[0].Value, TypeOf(type), variables, errors), errors);
    }

    private static IType TypeOf(string type) =>
        BuiltInScalars.ByName.GetValueOrDefault(type) ?? Schema.ResolveType(Parser.ParseType(type))!;

    private static string Shown(object? value, List<InputError> errors) => errors.Count == 0
        ? JsonSerializer.Serialize(value)
        : string.Join(' ', errors.Select(error => $"error at {string.Join('.', error.Path)}"));
}
