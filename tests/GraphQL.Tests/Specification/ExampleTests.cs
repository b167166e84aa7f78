using System.Text.Json;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Tests.Validation;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Specification;

/// <summary>An example and a counter-example for the rules of the specification, by section (September 2025).</summary>
public sealed class ExampleTests
{
    private const string Expected = "\n=> ";
    private const string Variables = "\nvariables ";

    public static IEnumerable<TheoryDataRow<string, string, string>> Language => Catalog.Read("chapter-2.graphql");

    public static IEnumerable<TheoryDataRow<string, string, string>> TypeSystem => Catalog.Read("chapter-3.graphql");

    public static IEnumerable<TheoryDataRow<string, string, string>> Introspection => Catalog.Read("chapter-4.graphql");

    public static IEnumerable<TheoryDataRow<string, string, string>> Validation => Catalog.Read("chapter-5.graphql");

    public static IEnumerable<TheoryDataRow<string, string, string>> Execution => Catalog.Read("chapter-6.graphql");

    [Theory]
    [MemberData(nameof(Language))]
    public void A_text_is_read_or_refused(string section, string outcome, string text)
    {
        Assert.StartsWith("2.", section);
        switch (outcome)
        {
            case "ok":
                var printed = Printer.Print(Parser.Parse(text));
                Assert.Equal(printed, Printer.Print(Parser.Parse(printed)));
                Assert.Equal(printed, Printer.Print(Parser.Parse(IgnoredCharacters.Strip(new Source(text)))));
                break;
            case "coordinate":
                Assert.Equal(text, SchemaCoordinate.Parse(text).ToString());
                break;
            case "nowhere":
                Assert.Throws<SyntaxException>(() => SchemaCoordinate.Parse(text));
                break;
            default:
                Assert.Equal("syntax", outcome);
                Assert.Throws<SyntaxException>(() => Parser.Parse(text));
                break;
        }
    }

    [Theory]
    [MemberData(nameof(TypeSystem))]
    public void A_schema_is_built_or_refused(string section, string outcome, string sdl)
    {
        Assert.StartsWith("3.", section);
        if (outcome is "syntax")
        {
            Assert.Throws<SyntaxException>(() => SchemaBuilder.FromSdl(sdl));
            return;
        }

        var result = SchemaBuilder.FromSdl(sdl);
        Assert.Equal(outcome is "ok", result.Schema is not null);
        Assert.Equal(outcome is "ok", result.Errors.Count == 0);
        if (result.Schema is null) return;

        var printed = SchemaPrinter.Print(result.Schema);
        Assert.Equal(printed, SchemaPrinter.Print(SchemaBuilder.FromSdl(printed).GetSchemaOrThrow()));
    }

    [Theory]
    [MemberData(nameof(Introspection))]
    public async Task A_schema_answers_about_itself(string section, string outcome, string text)
    {
        Assert.StartsWith("4.", section);
        if (outcome is "answer") await Answers(text);
        else Assert.Equal(outcome, TestRules.Broken(text, ExampleWorld.Schema));
    }

    [Theory]
    [MemberData(nameof(Validation))]
    public void A_document_is_valid_or_breaks_one_rule(string section, string rule, string document)
    {
        Assert.StartsWith("5.", section);
        Assert.Equal(rule is "ok" ? "" : rule, TestRules.Broken(document));
    }

    [Theory]
    [MemberData(nameof(Execution))]
    public async Task A_request_is_answered(string section, string outcome, string text)
    {
        Assert.StartsWith("6.", section);
        Assert.Equal("answer", outcome);
        await Answers(text);
    }

    private static async Task Answers(string text)
    {
        var end = text.IndexOf(Expected, StringComparison.Ordinal);
        var (request, expected) = (text[..end], text[(end + Expected.Length)..]);
        var parts = request.Split(Variables);
        var answer = await ExampleWorld.Executor().Answer(parts[0], parts.Length > 1 ? parts[1] : null);
        Assert.Equal(expected, Summary(JsonElement.Parse(answer)));
    }

    /// <summary>The data, then the paths of the errors; or the code of what refuses the request.</summary>
    private static string Summary(JsonElement answer)
    {
        var errors = answer.TryGetProperty("errors", out var told) ? told.EnumerateArray().ToList() : [];
        if (!answer.TryGetProperty("data", out var data))
        {
            return $"request {errors[0].GetProperty("extensions").GetProperty("code")}";
        }

        var paths = errors.Select(error => string.Join('.', error.GetProperty("path").EnumerateArray()));
        return errors.Count == 0 ? data.GetRawText() : $"{data.GetRawText()} ! {string.Join(' ', paths)}";
    }
}
