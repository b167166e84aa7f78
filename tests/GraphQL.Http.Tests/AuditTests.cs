using System.Diagnostics;

namespace K12Hub.GraphQL.Http.Tests;

/// <summary>The audit suite of npm <c>graphql-http</c> 1.23.1. To run it, set K12HUB_NODE_MODULES to a node_modules
/// folder that has it, with <c>graphql</c> beside it.</summary>
public sealed class AuditTests(ITestOutputHelper output)
{
    private const string Script = """
        const { serverAudits } = require('graphql-http');
        (async () => {
          let passed = 0;
          const audits = serverAudits({ url: process.argv[1] });
          for (const audit of audits) {
            const result = await audit.fn();
            if (result.status === 'ok') passed++;
            else console.log(audit.id, result.status, audit.name, result.reason);
          }
          console.log(`${passed}/${audits.length}`);
        })();
        """;

    [Fact]
    public async Task Every_audit_passes()
    {
        var modules = Environment.GetEnvironmentVariable("K12HUB_NODE_MODULES");
        Assert.SkipWhen(string.IsNullOrEmpty(modules), "K12HUB_NODE_MODULES is not set.");
        await using var server = await TestServer.Start(options =>
        {
            options.EnableGet = true;
            options.GetRequiresPreflight = false;
        });
        var start = new ProcessStartInfo("node", ["-e", Script, server.Endpoint.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NODE_PATH"] = modules;

        using var node = Process.Start(start)!;
        var error = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var report = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        output.WriteLine(report + await error);

        Assert.EndsWith("61/61", report.TrimEnd(), StringComparison.Ordinal);
    }
}
