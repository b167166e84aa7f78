using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Tests.Language;

public sealed class ParserTests
{
    [Theory]
    [InlineData("{ a }")]
    [InlineData("query A($x: [Int!]! = [1, 2] @d, $y: In = { a: { b: $z } }) @d(x: 1) { a }", "1:53")]
    [InlineData("query A($x: Int = $y) { a }", "1:19")]
    [InlineData("{ a(b: { c: [], d: {} }) { ...F ... on T @d { b } ... { c } } } fragment F on T { a }")]
    [InlineData("{ on fragment: query mutation type true null }")]
    [InlineData("{ a(b: true, c: null, d: FOO, e: $x, f: -0, g: -1.5e+3, h: \"s\", i: \"\"\"b\"\"\") }")]
    [InlineData("\"described\" query A(\"a variable\" $x: Int) { a } \"\"\"a fragment\"\"\" fragment F on T { a }")]
    [InlineData("\uFEFF{ a, b,,,, # comment\r\n c }")]
    [InlineData("", "1:1")]
    [InlineData("{", "1:2")]
    [InlineData("{ }", "1:3")]
    [InlineData("{ a() }", "1:5")]
    [InlineData("query () { a }", "1:8")]
    [InlineData("\"described\" { a }", "1:1")]
    [InlineData("fragment on on T { a }", "1:10")]
    [InlineData("{ a }\r\n\r\n}", "3:1")]
    [InlineData("{ \"é😀\" }", "1:3")]
    [InlineData("{ a(b: \"é😀\" !) }", "1:14")]
    public void Operations_are_read_or_refused_at_the_first_fault(string text, string? fault = null) =>
        Assert.Equal(fault, Fault(text));

    [Theory]
    [InlineData("\"S\" schema @d { query: Q mutation: M } extend schema @d extend schema { subscription: S }")]
    [InlineData("scalar A @d extend scalar A @d")]
    [InlineData("type A implements & B & C @d { \"f\" f(\"x\" x: Int = 1 @d): [Int!]! @d } extend type A implements D")]
    [InlineData("interface A implements B { f: Int } extend interface A { g: Int }")]
    [InlineData("union A @d = | B | C extend union A = D union E")]
    [InlineData("enum A { \"b\" B @d C } extend enum A { D }")]
    [InlineData("input A @oneOf { b: Int = 1 @d } extend input A { c: Int }")]
    [InlineData("directive @a(b: Int) repeatable on | FIELD | ENUM_VALUE")]
    [InlineData("extend type A", "1:14")]
    [InlineData("type A { }", "1:10")]
    [InlineData("extend \"no\" type A { f: Int }", "1:8")]
    [InlineData("\"no\" extend type A { f: Int }", "1:1")]
    [InlineData("enum A { true }", "1:10")]
    [InlineData("union A = | B |", "1:16")]
    [InlineData("directive @a on FIELD | NOWHERE", "1:25")]
    [InlineData("schema { queries: Q }", "1:10")]
    [InlineData("schema { queries%: Q }", "1:17")]
    public void Type_systems_are_read_or_refused_at_the_first_fault(string text, string? fault = null) =>
        Assert.Equal(fault, Fault(text));

    [Theory]
    [InlineData("{ a(b: 01) }", "1:9")]
    [InlineData("{ a(b: 0xF1) }", "1:9")]
    [InlineData("{ a(b: 1.) }", "1:10")]
    [InlineData("{ a(b: 1e) }", "1:10")]
    [InlineData("{ a(b: 0.1.2) }", "1:11")]
    [InlineData("{ a(b: -) }", "1:9")]
    [InlineData("{ a(b: 1a) }", "1:9")]
    [InlineData("{ a .. b }", "1:5")]
    [InlineData("{ a ? }", "1:5")]
    [InlineData("{ a 'b' }", "1:5")]
    [InlineData("{ a \u0007 }", "1:5")]
    [InlineData("{ a(b: \"x", "1:10")]
    [InlineData("{ a(b: \"x\ny\") }", "1:10")]
    [InlineData("{ a(b: \"\\x\") }", "1:9")]
    [InlineData("{ a(b: \"\\u{110000}\") }", "1:9")]
    [InlineData("{ a(b: \"\\uD800\") }", "1:9")]
    [InlineData("{ a(b: \"\\uDEAD\\uDEAD\") }", "1:9")]
    [InlineData("{ a(b: \"\"\"x\"\") }", "1:17")]
    public void What_is_no_token_is_refused(string text, string fault) => Assert.Equal(fault, Fault(text));

    [Theory]
    [InlineData("\"a \\\"b\\\" \\\\ \\/ \\b\\f\\n\\r\\t\"", "a \"b\" \\ / \b\f\n\r\t")]
    [InlineData("\"\\u00e9 \\uD83D\\uDE00 \\u{1F600} \\u{0000041}\"", "é 😀 😀 A")]
    [InlineData("\"\"", "")]
    [InlineData("\"\u0007 is a character\"", "\u0007 is a character")]
    [InlineData("\"\"\"\n    a\n      b\r\n\r\n    c \\\"\"\" \\n\n  \"\"\"", "a\n  b\n\nc \"\"\" \\n")]
    [InlineData("\"\"\"\"\"\"", "")]
    [InlineData("\"\"\"  a\n  b\"\"\"", "  a\nb")]
    public void Strings_mean_what_their_escapes_and_indentation_say(string text, string meaning) =>
        Assert.Equal(meaning, ((StringValueNode)Parser.ParseValue(text)).Value);

    [Theory]
    [InlineData("{ a # ", "1:7")]
    [InlineData("{ a(b: \"", "1:9")]
    [InlineData("{ a(b: \"\\n", "1:11")]
    [InlineData("{ a(b: \"\"\"\n", "2:1")]
    public void A_lone_surrogate_is_no_text(string before, string fault) =>
        Assert.Equal(fault, Fault($"{before}\uD800\n}}"));

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused()
    {
        var source = new Source(new byte[] { (byte)'{', 0xFF, (byte)'}' });
        var thrown = Assert.Throws<SyntaxException>(() => Parser.Parse(source));
        Assert.Equal((1, 2), (thrown.Location.Line, thrown.Location.Column));
    }

    [Fact]
    public void A_node_knows_where_it_stands()
    {
        var operation = (OperationDefinitionNode)Parser.Parse("{\n  e: a\n}").Definitions[0];
        var field = operation.SelectionSet.Selections[0];
        var place = field.Location;
        Assert.Equal((2, 3, 4, 8), (place.Line, place.Column, place.Start, place.End));
    }

    private static string? Fault(string text)
    {
        var isRead = Parser.TryParse(new Source(text), ParserLimits.Default, out var document, out var fault);
        Assert.Equal(isRead, document is not null);
        return fault is null ? null : $"{fault.Location.Line}:{fault.Location.Column}";
    }
}
