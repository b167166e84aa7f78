using System.Security.Claims;
using System.Text.Json;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Execution;

/// <summary>A schema as text with resolvers by coordinate, and the whole response as text.</summary>
internal sealed class TestExecutor
{
    private readonly Dictionary<string, FieldResolver> resolvers = [];
    private readonly RequestExecutorBuilder builder = new();
    private readonly string sdl;
    private RequestExecutor? executor;

    public TestExecutor(string sdl)
    {
        this.sdl = sdl;

        // These schemas say no prices, and their lists have what the test puts in.
        builder.ModifyOptions(options => options.Cost = CostLimits.Unlimited);
    }

    public TestServices Services { get; } = new();

    public IRequestExecutorBuilder Builder => builder;

    public RequestExecutor Executor =>
        executor ??= builder.Build(SchemaBuilder.FromSdl(sdl, resolvers).GetSchemaOrThrow());

    public TestExecutor Leaf(string coordinate, WriteLeaf write) => Add(coordinate, new LeafResolver(write));

    public TestExecutor Pure(string coordinate, Func<object, object?> get) => Add(coordinate, new PureResolver(get));

    public TestExecutor Sync(string coordinate, Func<ResolverContext, object?> resolve) =>
        Add(coordinate, new SyncResolver(resolve));

    public TestExecutor Async(string coordinate, Func<ResolverContext, ValueTask<object?>> resolve) =>
        Add(coordinate, new AsyncResolver(resolve));

    public async Task<string> Answer(
        string document,
        string? variables = null,
        object? root = null,
        ClaimsPrincipal? user = null,
        CancellationTokenSource? caller = null)
    {
        var request = GraphQLRequest.FromText(document, Services, variables) with
        {
            RootValue = root,
            User = user ?? new ClaimsPrincipal(),
        };
        using var result = await Executor.ExecuteAsync(request, caller?.Token ?? default);
        return result.ToJson();
    }

    /// <summary>The data, then each error as <c>path: message</c>, sorted.</summary>
    public async Task<string> Short(string document, string? variables = null, object? root = null)
    {
        var answer = JsonElement.Parse(await Answer(document, variables, root));
        var lines = new List<string>();
        if (answer.TryGetProperty("errors", out var errors))
        {
            lines.AddRange(errors.EnumerateArray().Select(Line).Order(StringComparer.Ordinal));
        }

        if (answer.TryGetProperty("data", out var data)) lines.Insert(0, data.GetRawText());
        return string.Join(" | ", lines);
    }

    private static string Line(JsonElement error)
    {
        var message = error.GetProperty("message").GetString();
        return error.TryGetProperty("path", out var path)
            ? $"{string.Join('.', path.EnumerateArray())}: {message}"
            : message!;
    }

    private TestExecutor Add(string coordinate, FieldResolver resolver)
    {
        resolvers.Add(coordinate, resolver);
        return this;
    }
}

/// <summary>Services by type, nothing more.</summary>
internal sealed class TestServices : IServiceProvider
{
    private readonly Dictionary<Type, object> services = [];

    public void Add<T>(T service)
        where T : class => services.Add(typeof(T), service);

    public object? GetService(Type serviceType) => services.GetValueOrDefault(serviceType);
}
