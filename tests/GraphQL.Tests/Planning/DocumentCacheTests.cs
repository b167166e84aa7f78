using System.Text;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Planning;

public sealed class DocumentCacheTests
{
    private static readonly PreparedDocument Prepared = new(
        SchemaBuilder.FromSdl("type Query { a: Int }").GetSchemaOrThrow(),
        Parser.Parse("{ a }"),
        new RequestExecutorOptions());

    [Fact]
    public void A_document_is_found_by_its_bytes()
    {
        var cache = new DocumentCache(maxDocuments: 4, maxBytes: 1000);
        cache.Add(Text("{ a }"), Prepared);

        Assert.True(cache.TryGet(Text("{ a }"), out _));
        Assert.False(cache.TryGet(Text("{ b }"), out _));
    }

    [Fact]
    public void What_is_asked_for_stays_and_what_is_not_goes()
    {
        var cache = new DocumentCache(maxDocuments: 4, maxBytes: 1000);
        cache.Add(Text("often"), Prepared);
        for (var i = 0; i < 100; i++)
        {
            cache.Add(Text($"once {i}"), Prepared);
            Assert.True(cache.TryGet(Text("often"), out _));
        }

        Assert.Equal(4, cache.Count);
    }

    [Fact]
    public void Large_documents_do_not_fill_it()
    {
        var cache = new DocumentCache(maxDocuments: 100, maxBytes: 1000);
        for (var i = 0; i < 50; i++) cache.Add(Text($"{i}".PadLeft(200)), Prepared);
        cache.Add(Text("x".PadLeft(500)), Prepared);

        Assert.Equal(5, cache.Count);
    }

    private static byte[] Text(string document) => Encoding.UTF8.GetBytes(document);
}
