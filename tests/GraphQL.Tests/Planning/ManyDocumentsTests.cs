using K12Hub.GraphQL.Tests.Execution;

namespace K12Hub.GraphQL.Tests.Planning;

/// <summary>Whoever asks ever new documents makes the server forget, not grow.</summary>
public sealed class ManyDocumentsTests
{
    private const int Documents = 10_000;

    [Theory]
    [InlineData(512, 8 * 1024 * 1024)] // As it is: the number is what bounds.
    [InlineData(100_000, 20_000)]
    public async Task Ten_thousand_documents_stay_within_the_bounds(int maxCount, int maxBytes)
    {
        var executor = Executor(maxCount, maxBytes);
        var (mostCount, mostBytes) = (0, 0L);
        for (var i = 0; i < Documents; i++)
        {
            Assert.Equal("""{"data":{"a":null}}""", await executor.Answer($"query D{i} {{ a }}"));
            var (count, bytes) = executor.Executor.KeptDocuments;
            (mostCount, mostBytes) = (Math.Max(count, mostCount), Math.Max(bytes, mostBytes));
        }

        Assert.True(mostCount <= maxCount, $"{mostCount} documents");
        Assert.True(mostBytes <= maxBytes, $"{mostBytes} bytes");
        Assert.True(mostCount == maxCount || mostBytes > maxBytes - 100, $"{mostCount} documents, {mostBytes} bytes");
    }

    [Fact]
    public async Task What_is_refused_is_not_kept()
    {
        var executor = Executor(512, 8 * 1024 * 1024);
        for (var i = 0; i < Documents; i++) await executor.Answer($"query D{i} {{ unknown }}");

        Assert.Equal((0, 0L), executor.Executor.KeptDocuments);
    }

    private static TestExecutor Executor(int maxCount, int maxBytes)
    {
        var executor = new TestExecutor("type Query { a: Int }");
        executor.Builder.ModifyOptions(options =>
            (options.PlanCacheSize, options.PlanCacheBytes) = (maxCount, maxBytes));
        return executor;
    }
}
