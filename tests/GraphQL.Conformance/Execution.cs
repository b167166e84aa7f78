using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Types;
using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Conformance;

/// <summary>Executes a document over plain data, held to the specification's rules and no limits.</summary>
internal static class Execution
{
    public static async Task<JsonNode> RunAsync(
        Schema schema, string document, string? operationName, JsonElement? variables, JsonElement? root)
    {
        var request = Request(document, operationName, variables, root is { } data ? PlainData.From(data) : null);
        using var result = await Executor(schema).ExecuteAsync(request);
        return Node(result);
    }

    /// <summary>All results of a subscription.</summary>
    public static async Task<JsonArray> StreamAsync(
        Schema schema, string document, string? operationName, JsonElement? variables, JsonElement events)
    {
        var request = Request(document, operationName, variables, PlainEvents.From(events));
        var results = new JsonArray();
        await foreach (var result in Executor(schema).StreamAsync(request))
        {
            using (result) results.Add(Node(result));
        }

        return results;
    }

    private static GraphQLRequest Request(
        string document, string? operationName, JsonElement? variables, object? root) =>
        GraphQLRequest.FromText(document, new NoServices(), variables?.GetRawText()) with
        {
            OperationName = operationName,
            RootValue = root,
        };

    private static RequestExecutor Executor(Schema schema)
    {
        var builder = new RequestExecutorBuilder();
        builder.ModifyOptions(options =>
        {
            options.AllowIntrospection = true;
            options.Cost = CostLimits.Unlimited;
            options.Parser = ParserLimits.Trusted;
            options.Validation = ValidationOptions.SpecificationOnly;
            options.Variables = VariableLimits.Unlimited;
        });
        return builder.Build(schema);
    }

    private static JsonNode Node(ExecutionResult result) => JsonNode.Parse(Encoding.UTF8.GetBytes(result.ToJson()))!;

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
