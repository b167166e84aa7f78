using K12Hub.GraphQL.Conformance.Sample;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Http;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Types;

[assembly: K12Hub.GraphQL.Module("SampleTypes")]

namespace K12Hub.GraphQL.Conformance;

/// <summary>Serves the sample school on a free port of this machine, until standard input ends.</summary>
internal static class SampleServer
{
    /// <summary>Prints the address when it answers.</summary>
    /// <param name="settings">Options by their names: <c>--Http:MaxBodyBytes=1000</c> sets
    /// <see cref="GraphQLHttpOptions"/>, <c>--GraphQL:AllowIntrospection=false</c> the executor's;
    /// <c>--Trusted:Documents=FILE|FOLDER</c> are trusted documents.</param>
    public static async Task RunAsync(string[] settings)
    {
        await using var app = Build(settings);
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"{app.Urls.First()}/graphql");

        // Whoever started us holds the other end: when it is gone, so are we.
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync() is not null)
        {
        }

        await app.StopAsync();
    }

    /// <summary>Prints the schema that is served, as SDL.</summary>
    public static async Task PrintSchemaAsync()
    {
        await using var app = Build([]);
        var executor = (RequestExecutor)app.Services.GetRequiredService<IRequestExecutor>();
        await Console.Out.WriteAsync(SchemaPrinter.Print(executor.Schema));
    }

    private static WebApplication Build(string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<District>();
        builder.Services.Configure<GraphQLHttpOptions>(builder.Configuration.GetSection("Http"));
        builder.Services.AddGraphQL(graphQL => graphQL
            .AddSampleTypes()
            .ModifyOptions(options =>
            {
                options.AllowIntrospection = true;
                builder.Configuration.GetSection("GraphQL").Bind(options);
                if (builder.Configuration["Trusted:Documents"] is { } trusted)
                {
                    options.PersistedOperations.Documents = TrustedDocuments.Load(trusted);
                }
            }));

        var app = builder.Build();
        app.MapGraphQL();
        app.MapGraphQLPersistedOperations();
        app.MapGraphQLExplorer();
        return app;
    }
}
