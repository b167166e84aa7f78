using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Tests.Language;

/// <summary>Texts nobody would write: each is read or refused; what was read can be printed and read again.</summary>
public sealed class RandomTextTests
{
    private const string Operations =
        """"
        "q" query A("v" $a: [Int!]! = [1, -2.5e3] @d, $b: In = { c: "x\u00e9\n" }) @d(e: ENUM) {
          alias: field(a: $a, b: { c: null, d: [true] }) @skip(if: false) { ...F ... on T @d { id } ... { id } } # why
        }
        fragment F on T { text(a: """
            block \""" of
              lines
          """) }
        mutation { m } subscription S { s }
        """";

    private const string Schema =
        """
        "s" schema @d { query: Q } extend schema { mutation: M }
        type Q implements A & B @d { "f" f("x" x: Int = 1 @d, y: [In!]!): [Q!]! @deprecated } extend type Q { g: Int }
        interface A implements B { f: Int } union U @d = | Q | R enum E { "a" A B @d } scalar S @specifiedBy(url: "u")
        input In @oneOf { a: Int = 1 } directive @d(e: E) repeatable on FIELD | OBJECT
        """;

    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", "\"", "\"\"\"", "\\", "\\u{", "$", "!", "@", "&", "|", "=", ":", "...", ".", "#",
        "\r\n", "\r", ",", " ", "\uFEFF", "0", "1", "-", "e", "on", "query", "extend", "type", "null", "é", "😀",
        "\u0000",
    ];

    [Theory]
    [InlineData(Operations, 20261121)]
    [InlineData(Schema, 7)]
    public void A_text_is_read_or_refused_and_keeps_its_meaning(string text, int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var read = 0;
        for (var i = 0; i < 3_000; i++)
        {
            var mutated = Mutate(text, random, changes: i % 4);
            if (!Parser.TryParse(new Source(mutated), ParserLimits.Default, out var document, out _)) continue;

            read++;
            var printed = Printer.Print(document);
            Assert.Equal(printed, Printer.Print(Parser.Parse(printed)));
            Assert.Equal(printed, Printer.Print(Parser.Parse(IgnoredCharacters.Strip(new Source(mutated)))));
        }

        Assert.True(read > 750, $"Only {read} texts could be read.");
    }

    private static string Mutate(string text, Random random, int changes)
    {
        for (; changes > 0; changes--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(3), text.Length - at);
            text = text.Remove(at, length).Insert(at, random.Next(3) == 0 ? "" : Pieces[random.Next(Pieces.Length)]);
        }

        return text;
    }
}
