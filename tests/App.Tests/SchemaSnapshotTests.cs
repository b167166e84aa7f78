using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;
using K12Hub.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.App.Tests;

/// <summary>The schema is a promise to whoever writes a client, so it is kept as text: a reviewer sees every change in
/// the diff, and schema tools read it. After a wanted change run with <c>K12HUB_APPROVE=1</c> and commit the new text.
/// </summary>
public sealed class SchemaSnapshotTests
{
    private static string Snapshot => Path.Combine(Repository.Root, "host", "App", "schema.graphql");

    [Fact]
    public void The_schema_is_the_one_in_the_repository()
    {
        var actual = SchemaPrinter.Print(Build(), sorted: true).TrimEnd('\n') + '\n';
        if (Environment.GetEnvironmentVariable("K12HUB_APPROVE") is "1") File.WriteAllText(Snapshot, actual);

        Assert.Equal(File.ReadAllText(Snapshot).ReplaceLineEndings("\n"), actual);
    }

    [Fact]
    public void The_text_says_everything_that_the_schema_says()
    {
        var read = SchemaBuilder.FromSdl(File.ReadAllText(Snapshot)).GetSchemaOrThrow();

        Assert.Equal(SchemaPrinter.Print(Build(), sorted: true), SchemaPrinter.Print(read, sorted: true));
    }

    /// <summary>The schema of the program's own list of modules; needs no database.</summary>
    private static Schema Build()
    {
        var hub = new HubBuilder(new ServiceCollection(), new ConfigurationBuilder().Build()).AddModules();
        var executor = new RequestExecutorBuilder();
        hub.AddTo(executor);
        return executor.Build().Schema;
    }
}
