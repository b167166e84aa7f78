using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Types;

/// <summary>Schema texts that are refused: the rule, or "-" for type validation, and the first place.</summary>
public sealed class SchemaFaultsTests
{
    [Theory]
    [InlineData("schema { query: Q } schema { mutation: Q } type Q { a: Int }", "LoneSchemaDefinition 1:21")]
    [InlineData("schema { query: Query query: Query } type Query { a: Int }", "UniqueOperationTypes 1:10")]
    [InlineData("type Query { a: Int } enum Query { A }", "UniqueTypeNames 1:6")]
    [InlineData("type Query { a: E } enum E { A A }", "UniqueEnumValueNames 1:30")]
    [InlineData("type Query { a: Int } extend type Query { a: Int }", "UniqueFieldDefinitionNames 1:14")]
    [InlineData("type Query { a(b: Int, b: Int): Int }", "UniqueArgumentDefinitionNames 1:16")]
    [InlineData("type Query { a: Int } directive @d on FIELD directive @d on QUERY", "UniqueDirectiveNames 1:34")]
    [InlineData("type Query { a: Teacher }", "KnownTypeNames 1:17")]
    [InlineData("type Query @d { a: Int @oneOf }", "KnownDirectives 1:12 KnownDirectives 1:24")]
    [InlineData("type Query { a: Int @deprecated @deprecated }", "UniqueDirectivesPerLocation 1:21")]
    [InlineData("type Query { a: Int } extend type T { b: Int } extend enum Query { A }",
        "PossibleTypeExtensions 1:35 PossibleTypeExtensions 1:1")]
    [InlineData("type Query { a: Int @deprecated(why: 1) }", "KnownArgumentNamesOnDirectives 1:33")]
    [InlineData("type Query { a: Int @deprecated(reason: \"a\", reason: \"b\") }", "UniqueArgumentNames 1:33")]
    [InlineData("type Query { a(b: I = { c: 1, c: 2 }): Int } input I { c: Int }", "UniqueInputFieldNames 1:25")]
    [InlineData("type Query { a: S } scalar S @specifiedBy", "ProvidedRequiredArgumentsOnDirectives 1:30")]
    public void A_text_follows_the_rules_of_schema_texts(string sdl, string faults) =>
        Assert.Equal(faults, Faults(sdl));

    [Theory]
    [InlineData("type A { b: Int }", "- 0:0")]
    [InlineData("input Query { a: Int }", "- 1:1")]
    [InlineData("schema { query: A mutation: A } type A { b: Int }", "- 1:17")]
    [InlineData("type Query", "- 1:1")]
    [InlineData("type Query { __a: Int }", "- 1:14")]
    [InlineData("type Query { a: I } input I { b: Int }", "- 1:17")]
    [InlineData("type Query { a(b: Query): Int }", "- 1:19")]
    [InlineData("type Query { a(b: Int! @deprecated): Int }", "- 1:24")]
    [InlineData("type Query { a(b: Int @deprecated(reason: null)): Int }", "- 1:43")]
    [InlineData("type Query { a: S } scalar S @specifiedBy(url: 3)", "- 1:48")]
    [InlineData("type Query { a: U } union U", "- 1:21")]
    [InlineData("type Query { a: U } union U = Query | Query", "- 1:31")]
    [InlineData("type Query { a: U } union U = Int", "- 1:31")]
    [InlineData("type Query { a: E } enum E", "- 1:21")]
    [InlineData("type Query { a(i: I): Int } input I { i: I! }", "- 1:39")]
    [InlineData("type Query { a(i: I): Int } input I { i: [I!]! j: I }", "")]
    [InlineData("type Query { a(i: I): Int } input I @oneOf { i: I j: J } input J { i: I! }", "- 1:46 - 1:51")]
    [InlineData("type Query { a(i: I): Int } input I @oneOf { i: I j: Int }", "")]
    [InlineData("type Query { a(i: I): Int } input I @oneOf { b: Int! c: Int = 1 }", "- 1:49 - 1:54")]
    [InlineData("type Query { a(b: Int = \"1\"): Int }", "- 1:25")]
    [InlineData("type Query { a(i: I = { b: 1 }): Int } input I @oneOf { c: Int }", "- 1:25 - 1:23")]
    [InlineData("type Query { a(i: I = { c: null }): Int } input I @oneOf { c: Int }", "- 1:23")]
    [InlineData("type Query { a(i: I): Int } input I { j: J = {} } input J { i: I = {} }", "- 1:46")]
    [InlineData("type Query implements Query { a: Int }", "- 1:23")]
    public void A_schema_passes_type_validation(string sdl, string faults) => Assert.Equal(faults, Faults(sdl));

    [Theory]
    [InlineData("a: Int", "a: Int! b: Int", "")]
    [InlineData("a: Int", "b: Int", "- 2:15")]
    [InlineData("a: Int", "a: String", "- 2:18")]
    [InlineData("a(b: Int): Int", "a: Int", "- 2:17")]
    [InlineData("a(b: Int): Int", "a(b: Int!): Int", "- 2:20")]
    [InlineData("a: Int", "a(b: Int, c: Int! = 1): Int", "")]
    [InlineData("a: Int", "a(b: Int!): Int", "- 1:16")]
    [InlineData("a: Int", "a: Int @deprecated", "- 1:21")]
    [InlineData("a: I", "a: Query", "")]
    public void An_object_keeps_what_its_interface_promises(string promised, string kept, string faults) =>
        Assert.Equal(
            faults,
            Faults($"type Query {{ {kept} }}\ninterface I {{ {promised} }}\nextend type Query implements I"));

    [Fact]
    public void An_interface_of_an_interface_is_declared_as_well() => Assert.Equal(
        "- 1:24",
        Faults("interface B implements A { a: Int } interface A { a: Int } type Query implements B { a: Int }"));

    [Fact]
    public void What_an_interface_wrongly_implements_its_implementations_miss_as_well() => Assert.Equal(
        "- 1:24 - 1:24",
        Faults("interface B implements I { a: Int } input I { a: Int } type Query implements B { a: Int }"));

    private static string Faults(string sdl) => string.Join(
        ' ',
        SchemaBuilder.FromSdl(sdl).Errors.Select(error => $"{error.Rule ?? "-"} {Place(error)}"));

    private static string Place(SchemaError error) =>
        error.Locations is [var first, ..] ? $"{first.Line}:{first.Column}" : "0:0";
}
