using System.Security.Cryptography;
using System.Text;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Tests.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Security;

public sealed class TrustedDocumentTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("k12hub-trusted-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_folder_holds_documents_under_their_hashes_with_or_without_prefix()
    {
        Write($"{IdOf("{ a }")}.graphql", "{ a }");
        Write($"sha256:{IdOf("{ b }")}.graphql", "{ b }");
        Write("README.md", "not a document");

        Assert.Equal(
            new[] { IdOf("{ a }"), IdOf("{ b }") }.Order(), TrustedDocuments.Load(folder.FullName).Ids.Order());
    }

    [Fact]
    public void A_manifest_maps_hashes_to_documents()
    {
        Write("persisted-documents.json", $$"""{"{{IdOf("{ a }")}}":"{ a }","sha256:{{IdOf("{ b }")}}":"{ b }"}""");

        Assert.Equal(2, TrustedDocuments.Load(folder.FullName).Count);
        Assert.Equal(2, TrustedDocuments.Load(Path.Combine(folder.FullName, "persisted-documents.json")).Count);
    }

    [Fact]
    public void Every_file_that_is_not_what_its_name_says_is_named()
    {
        Write("AllStudents.graphql", "{ a }");
        Write($"{IdOf("{ a }")}.graphql", "{ changed }");
        Write($"{IdOf("{ c }").ToUpperInvariant()}.graphql", "{ c }");
        Write("list.json", "[]");
        Write("number.json", $$"""{"{{IdOf("1")}}":1}""");
        Write("twice.json", $$"""{"{{IdOf("{ a }")}}":"{ a }","{{IdOf("{ a }")}}":"{ b }"}""");

        var thrown = Assert.Throws<TrustedDocumentsException>(() => TrustedDocuments.Load(folder.FullName));

        Assert.Equal(6, thrown.Faults.Count);
        Assert.Contains("AllStudents.graphql", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(IdOf("{ changed }"), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error()
    {
        var missing = Path.Combine(folder.FullName, "missing");

        var thrown = Assert.Throws<TrustedDocumentsException>(() => TrustedDocuments.Load(missing));

        Assert.Contains(missing, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ gone }", "gone")]
    [InlineData("{ a", "Expected")]
    public void What_the_schema_does_not_answer_stops_the_start(string document, string expected)
    {
        var thrown = Assert.Throws<TrustedDocumentsException>(() => Build(document, skipValidation: false));

        Assert.Contains(IdOf(document), thrown.Message, StringComparison.Ordinal);
        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Documents_validated_elsewhere_may_exceed_the_limits_for_strangers()
    {
        var aliases = string.Join(' ', Enumerable.Range(0, 40).Select(i => $"a{i}: a"));

        Assert.Throws<TrustedDocumentsException>(() => Build($"{{ {aliases} }}", skipValidation: false));
        Assert.NotNull(Build($"{{ {aliases} }}", skipValidation: true));
    }

    [Fact]
    public async Task A_trusted_document_stays_compiled_however_many_others_come()
    {
        const string Text = "query($c: Boolean!) { a @include(if: $c) b: a }";
        var executor = Build(Text, skipValidation: false);
        for (var i = 0; i < 20; i++)
        {
            using var other = await executor.ExecuteAsync(
                GraphQLRequest.FromText($"{{ a{i}: a }}", new TestServices()), TestContext.Current.CancellationToken);
        }

        using var result = await executor.ExecuteAsync(
            new GraphQLRequest
            {
                Document = default,
                DocumentId = IdOf(Text),
                Variables = """{"c":false}"""u8.ToArray(),
                Services = new TestServices(),
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("""{"data":{"b":"x"}}""", result.ToJson());
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);

    private static RequestExecutor Build(string document, bool skipValidation)
    {
        var builder = new RequestExecutorBuilder();
        builder.ConfigureSchema(schema => schema.ExtendObject(
            "Query", new FieldDefinition("a", "String") { Resolver = new PureResolver(_ => "x") }));
        builder.ModifyOptions(options =>
        {
            options.PlanCacheSize = 4;
            options.PersistedOperations.Mode = PersistedOperationMode.Prefer;
            options.PersistedOperations.Documents = TrustedDocuments.Of(document);
            options.PersistedOperations.SkipPersistedDocumentValidation = skipValidation;
        });
        return builder.Build();
    }

    private static string IdOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
