using K12Hub.GraphQL.Fetching;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Execution;

/// <summary>Builds an executor from what modules added. A wrong schema fails here, at start, not at the first
/// request.</summary>
public sealed class RequestExecutorBuilder : IRequestExecutorBuilder
{
    private readonly List<Action<SchemaBuilder>> schema = [];
    private readonly Dictionary<Type, Func<DataLoaderScope, object>> loaders = [];

    /// <summary>Limits and switches as they are so far.</summary>
    public RequestExecutorOptions Options { get; } = new();

    /// <inheritdoc/>
    public IRequestExecutorBuilder ConfigureSchema(Action<SchemaBuilder> configure)
    {
        schema.Add(configure);
        return this;
    }

    /// <inheritdoc/>
    public IRequestExecutorBuilder AddDataLoader<T>(Func<DataLoaderScope, T> create)
        where T : class
    {
        if (!loaders.TryAdd(typeof(T), create))
        {
            throw new InvalidOperationException($"DataLoader {typeof(T).Name} is registered twice.");
        }

        return this;
    }

    /// <inheritdoc/>
    public IRequestExecutorBuilder ModifyOptions(Action<RequestExecutorOptions> modify)
    {
        modify(Options);
        return this;
    }

    /// <summary>Builds schema and executor.</summary>
    /// <exception cref="InvalidOperationException">The schema is wrong; the message lists everything.</exception>
    public RequestExecutor Build()
    {
        var builder = new SchemaBuilder { MaxAllowedNodeBatchSize = Options.MaxAllowedNodeBatchSize };
        foreach (var configure in schema) configure(builder);
        return Build(builder.Build().GetSchemaOrThrow());
    }

    /// <summary>Builds an executor for a schema that exists already.</summary>
    public RequestExecutor Build(Schema built) => new(built, Options, loaders);
}
