namespace K12Hub.GraphQL.Tests.Execution;

/// <summary>Specification 6.3: which fields are executed, in which order, and how often.</summary>
public sealed class SelectionTests
{
    private const string Sdl = """
        type Query { a: Int  b: Int  pet: Pet  pets: [Animal]  one: Query }
        interface Pet { name: String }
        type Dog implements Pet { name: String  barks: Boolean }
        type Cat implements Pet { name: String  meows: Boolean }
        union Animal = Dog | Cat
        """;

    [Fact]
    public async Task The_first_occurrence_decides_the_place() => Assert.Equal(
        """{"one":{"b":2,"a":1},"a":1}""", await Numbers().Short("{ one { b } a one { a b } }"));

    [Theory]
    [InlineData("true", """{"a":1,"b":2}""")]
    [InlineData("false", """{"b":2,"a":1}""")]
    public async Task The_first_occurrence_that_is_included_decides_the_place(string early, string expected) =>
        Assert.Equal(expected, await Numbers().Short(
            "query($early: Boolean!) { a @include(if: $early) b a }", $$"""{"early":{{early}}}"""));

    [Theory]
    [InlineData("false", "false", """{"b":2}""")]
    [InlineData("true", "false", """{"a":1,"b":2}""")]
    [InlineData("true", "true", """{"b":2}""")]
    public async Task Skip_and_include_must_both_agree(string include, string skip, string expected) =>
        Assert.Equal(expected, await Numbers().Short(
            "query($i: Boolean!, $s: Boolean!) { ... @include(if: $i) { a @skip(if: $s) } b }",
            $$"""{"i":{{include}},"s":{{skip}}}"""));

    [Theory]
    [InlineData("{ one { a @skip(if: $v) } b }", """{"one":null,"b":2} | one: """)]
    [InlineData("{ one { ... @include(if: $v) { a } } b }", """{"one":null,"b":2} | one: """)]
    [InlineData("{ one @skip(if: true) { a @skip(if: $v) } b }", """{"b":2}""")]
    [InlineData("{ a b @include(if: $v) }", "null | ")]
    public async Task A_condition_that_is_null_is_an_error_of_the_object_it_selects_from(string body, string expected)
    {
        var error = expected.EndsWith(' ') ? "Variable \"$v\" decides what is selected and must not be null." : "";

        Assert.Equal(
            expected + error,
            await Numbers().Short($"query($v: Boolean = true) {body}", """{"v":null}"""));
    }

    [Fact]
    public async Task Fields_of_one_response_name_are_executed_once()
    {
        var calls = 0;
        var executor = new TestExecutor(Sdl).Sync("Query.a", _ => ++calls);

        Assert.Equal("""{"a":1}""", await executor.Short("{ a ...F a } fragment F on Query { a }"));
    }

    [Fact]
    public async Task An_abstract_type_selects_by_the_type_of_the_value() => Assert.Equal(
        """{"pets":[{"__typename":"Dog","name":"Odie","barks":true},{"__typename":"Cat","meows":false}]}""",
        await new TestExecutor(Sdl)
            .Pure("Query.pets", _ => new[]
            {
                Animal("Dog", ("name", "Odie"), ("barks", true)),
                Animal("Cat", ("name", "Garfield"), ("meows", false)),
            })
            .Short("{ pets { __typename ... on Dog { name barks } ... on Cat { meows } } }"));

    [Fact]
    public async Task A_value_of_no_possible_type_fails() => Assert.Equal(
        """{"pet":null} | pet: No object type of the schema stands for what was returned for abstract type "Pet".""",
        await new TestExecutor(Sdl).Pure("Query.pet", _ => 5).Short("{ pet { name } }"));

    [Fact]
    public async Task A_field_without_resolver_reads_the_property_of_its_name() => Assert.Equal(
        """{"a":7,"b":null}""",
        await new TestExecutor(Sdl).Short("{ a b }", root: new Dictionary<string, object?> { ["a"] = 7 }));

    private static Dictionary<string, object?> Animal(string type, params (string Name, object? Value)[] properties)
    {
        var animal = properties.ToDictionary(property => property.Name, property => property.Value);
        animal["__typename"] = type;
        return animal;
    }

    private static TestExecutor Numbers() => new TestExecutor(Sdl)
        .Pure("Query.a", _ => 1)
        .Pure("Query.b", _ => 2)
        .Pure("Query.one", root => root);
}
