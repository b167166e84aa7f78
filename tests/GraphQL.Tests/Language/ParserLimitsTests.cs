using System.Diagnostics;
using System.Text;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Tests.Language;

public sealed class ParserLimitsTests
{
    [Theory]
    [InlineData("{ a ", "}")]
    [InlineData("{ a { b(c: [", "]) } }")]
    [InlineData("query ($a: [", "]) { a }")]
    public void A_hundred_thousand_brackets_do_not_overflow_the_stack(string before, string after)
    {
        foreach (var opening in new[] { "[", "{ a ", "{ a: ", "... { a " })
        {
            var bomb = before + string.Concat(Enumerable.Repeat(opening, 100_000)) + after;
            Assert.False(Parser.TryParse(new Source(bomb), ParserLimits.Trusted, out _, out var fault));
            Assert.NotNull(fault);
        }
    }

    [Fact]
    public void Nesting_is_limited_to_64_levels()
    {
        Assert.Null(Code(Nested(64)));
        Assert.Equal(LimitCode.Parser, Code(Nested(65)));
    }

    [Fact]
    public void Tokens_are_limited()
    {
        Assert.Null(Code("{ a b c }", new ParserLimits { MaxTokens = 5 }));
        Assert.Equal(LimitCode.Parser, Code("{ a b c d }", new ParserLimits { MaxTokens = 5 }));
    }

    [Fact]
    public void Bytes_are_limited_before_anything_is_read() =>
        Assert.Equal(LimitCode.Parser, Code(new string('#', 65 * 1024)));

    [Fact]
    public void Four_directives_at_a_place_are_enough()
    {
        Assert.Null(Code("{ a @a @a @a @a b @a }"));
        Assert.Equal(LimitCode.Parser, Code("{ a @a @a @a @a @a }"));
    }

    [Fact]
    public void A_megabyte_is_read_quickly()
    {
        var text = new StringBuilder("query Big($id: ID!) {\n");
        while (text.Length < 1_000_000)
        {
            text.Append("  student(id: $id, after: \"cursor\") @include(if: true) { name alias: grade ...F }\n");
        }

        var source = new Source(text.Append("} fragment F on Student { id }").ToString());
        Parser.Parse(source, ParserLimits.Trusted);
        var best = Enumerable.Range(0, 5).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            Parser.Parse(source, ParserLimits.Trusted);
            return watch.Elapsed.TotalMilliseconds;
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"1 MB in {best:F1} ms");
        // 7 ms on a quiet machine, optimized; this only notices when reading stops being linear.
        Assert.True(best < 3_000, $"1 MB took {best:F1} ms");
    }

    private static string Nested(int levels) =>
        string.Concat(Enumerable.Repeat("{ a ", levels)) + new string('}', levels);

    private static string? Code(string text, ParserLimits? limits = null) =>
        Parser.TryParse(new Source(text), limits ?? ParserLimits.Default, out _, out var fault) ? null : fault.Code;
}
