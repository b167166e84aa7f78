using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Tests.Language;

public sealed class PrinterTests
{
    [Theory]
    [InlineData("query($a:Int=1@d,$b:[T!]!)@d{a}", "query ($a: Int = 1 @d, $b: [T!]!) @d {\n  a\n}")]
    [InlineData(
        "{a(b:{c:[1,2]}){...F @d ...on T{d}}}",
        "{\n  a(b: { c: [1, 2] }) {\n    ...F @d\n    ... on T {\n      d\n    }\n  }\n}")]
    [InlineData("\"q\" query A(\"v\" $a:Int){a}", "\"q\"\nquery A(\n\"v\"\n$a: Int\n) {\n  a\n}")]
    [InlineData("type A implements B&C@d{f(a:Int=1):Int}", "type A implements B & C @d {\n  f(a: Int = 1): Int\n}")]
    [InlineData("extend union A=|B|C", "extend union A = B | C")]
    [InlineData("directive@a repeatable on|FIELD|QUERY", "directive @a repeatable on FIELD | QUERY")]
    public void Texts_get_the_usual_form(string text, string printed)
    {
        Assert.Equal(printed, Printer.Print(Parser.Parse(text)));
        Assert.Equal(printed, Printer.Print(Parser.Parse(printed)));
    }

    [Fact]
    public void Arguments_too_long_for_a_line_get_lines_of_their_own()
    {
        var longText = new string('x', 90);
        Assert.Equal(
            $"{{\n  a(\n    b: \"{longText}\"\n    c: 1\n  )\n}}",
            Printer.Print(Parser.Parse($"{{a(b:\"{longText}\",c:1)}}")));
    }

    [Theory]
    [InlineData("one line")]
    [InlineData("two\nlines")]
    [InlineData("ends with a \"quote\"")]
    [InlineData("ends with a backslash \\")]
    [InlineData("has \"\"\" inside and ends with \"\"\"")]
    [InlineData(" begins with a space")]
    [InlineData("first\n  all others indented")]
    public void Block_strings_keep_their_meaning(string meaning)
    {
        var printed = Printer.Print(new StringValueNode(meaning, isBlock: true));
        Assert.Equal(meaning, ((StringValueNode)Parser.ParseValue(printed)).Value);
    }

    [Fact]
    public void Odd_characters_are_escaped() => Assert.Equal(
        "\"\\u0007\\t\\\"\\\\é\\u007F\"",
        Printer.Print(new StringValueNode("\u0007\t\"\\é\u007F", isBlock: false)));

    [Theory]
    [InlineData("query A ( $a : Int ) { a , b # why\n ... on T { c } }", "query A($a:Int){a b ...on T{c}}")]
    [InlineData("{ a(b: 1, c: [1 2]) }", "{a(b:1 c:[1 2])}")]
    [InlineData("\"\"\"\n   described\n\"\"\"\ntype A { b: Int }", "\"\"\"described\"\"\" type A{b:Int}")]
    [InlineData("{ a(b: 1) ...F }", "{a(b:1)...F}")]
    [InlineData("{ a ...F }", "{a ...F}")]
    public void What_is_ignored_can_be_left_out(string text, string stripped)
    {
        Assert.Equal(stripped, IgnoredCharacters.Strip(new Source(text)));
        Assert.Equal(Printer.Print(Parser.Parse(text)), Printer.Print(Parser.Parse(stripped)));
    }
}
