using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;
using Microsoft.Extensions.Logging;

namespace K12Hub.GraphQL.Http.Tests;

public sealed class LogTests
{
    [Fact]
    public async Task What_the_caller_is_not_told_is_logged_under_the_trace_id_the_caller_got()
    {
        using var log = new ListLog();
        await using var server = await TestServer.Start(
            slow: () => throw new InvalidOperationException("disk full"), log: log);

        var (_, text) = await TestServer.Read(server.Post("""{"query":"{ late: slow broken }"}"""));

        var line = Assert.Single(log.Lines);
        Assert.StartsWith("GraphQL failed at late; the caller was told trace ", line, StringComparison.Ordinal);
        Assert.EndsWith("disk full", line, StringComparison.Ordinal);
        Assert.Contains(line.Split("trace ")[1].Split('.')[0], text, StringComparison.Ordinal);
        Assert.DoesNotContain("disk full", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_resolver_gave_against_the_schema_is_logged_once_and_without_the_value()
    {
        using var log = new ListLog();
        await using var server = await TestServer.Start(log: log, schema: schema => schema.ExtendObject(
            "Query", new FieldDefinition("age", "Int") { Resolver = new PureResolver(_ => "Ortiz") }));

        for (var i = 0; i < 3; i++) (await server.Post("""{"query":"{ a: age b: age }"}""")).Dispose();

        Assert.Equal(
            "Query.age gave what the schema does not allow, GRAPHQL_RESULT; not said again for 5 minutes.",
            Assert.Single(log.Lines).Trim());
    }

    private sealed class ListLog : ILoggerProvider, ILogger
    {
        private readonly List<string> lines = [];

        public IEnumerable<string> Lines
        {
            get
            {
                lock (lines) return [.. lines];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            lock (lines) lines.Add($"{formatter(state, exception)} {exception?.Message}");
        }

        void IDisposable.Dispose()
        {
        }
    }
}
