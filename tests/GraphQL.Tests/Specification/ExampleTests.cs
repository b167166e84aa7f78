using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Tests.Validation;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Specification;

/// <summary>An example and a counter-example for the rules of the specification, by section (September 2025).</summary>
public sealed class ExampleTests
{
    public static IEnumerable<TheoryDataRow<string, string, string>> TypeSystem => Catalog.Read("chapter-3.graphql");

    public static IEnumerable<TheoryDataRow<string, string, string>> Validation => Catalog.Read("chapter-5.graphql");

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
    [MemberData(nameof(Validation))]
    public void A_document_is_valid_or_breaks_one_rule(string section, string rule, string document)
    {
        Assert.StartsWith("5.", section);
        Assert.Equal(rule is "ok" ? "" : rule, TestRules.Broken(document));
    }
}
