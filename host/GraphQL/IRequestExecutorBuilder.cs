using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Fetching;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL;

/// <summary>What a module adds its types and loaders to. The generated <c>Add…Types()</c> methods extend it.</summary>
public interface IRequestExecutorBuilder
{
    /// <summary>Adds to the schema; runs once, in the order of the calls, when the schema is built.</summary>
    IRequestExecutorBuilder ConfigureSchema(Action<SchemaBuilder> configure);

    /// <summary>Registers a loader; it is made once per request that asks for it.</summary>
    /// <exception cref="InvalidOperationException">The same type was registered before.</exception>
    IRequestExecutorBuilder AddDataLoader<T>(Func<DataLoaderScope, T> create)
        where T : class;

    /// <summary>Changes limits and switches.</summary>
    IRequestExecutorBuilder ModifyOptions(Action<RequestExecutorOptions> modify);
}
