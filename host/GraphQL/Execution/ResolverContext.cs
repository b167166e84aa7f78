using System.Security.Claims;
using K12Hub.GraphQL.Fetching;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Security;

namespace K12Hub.GraphQL.Execution;

/// <summary>What a resolver may know: its parent, its arguments, and the request it belongs to.</summary>
public sealed class ResolverContext : IPumpItem
{
    private readonly Executor executor;
    private readonly RequestState request;
    private readonly object? parent;
    private readonly ArgumentValues arguments;
    private ValueTask<object?> pendingValue;
    private Task? pending;

    internal ResolverContext(
        Executor executor, RequestState request, Selection selection, object? parent, ArgumentValues arguments)
    {
        this.executor = executor;
        this.request = request;
        this.parent = parent;
        this.arguments = arguments;
        Selection = selection;
        SavedPath = executor.Path.Save();
    }

    /// <summary>The field as it was selected, with what is selected below it.</summary>
    public Selection Selection { get; }

    /// <summary>Response names and list indexes from the root to this field.</summary>
    public IReadOnlyList<object> Path => executor.Path.ToArray(SavedPath);

    /// <summary>Ends when the caller went away or the time is up.</summary>
    public CancellationToken RequestAborted => request.Aborted;

    /// <summary>Who asks.</summary>
    public ClaimsPrincipal User => request.Request.User;

    /// <summary>What makes a repeated request the same one; null when it is not repeated.</summary>
    public string? IdempotencyKey => request.Request.IdempotencyKey;

    /// <summary>Services of the request.</summary>
    public IServiceProvider Services => request.Request.Services;

    /// <summary>The loaders of the request, for those made with <see cref="DataLoaderScope.GetOrAdd{T}"/>.</summary>
    public DataLoaderScope Loaders => request.Loaders;

    internal SavedPath SavedPath { get; }

    internal FieldAuthorizer Authorizer => request.Authorizer;

    /// <summary>The gap the value goes into when it comes later.</summary>
    internal int Splice { get; private set; }

    IPumpItem? IPumpItem.Next { get; set; }

    /// <summary>The object the field belongs to.</summary>
    public T Parent<T>() => (T)parent!;

    /// <summary>The service of a type.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public T Service<T>()
        where T : notnull =>
        Services.GetService(typeof(T)) is T service
            ? service
            : throw new InvalidOperationException(
                $"{Selection.Field.Coordinate} needs {typeof(T).FullName}, which is not a registered service.");

    /// <summary>The loader registered as <typeparamref name="T"/>.</summary>
    public T DataLoader<T>()
        where T : class => request.Loaders.Get<T>();

    /// <summary>True when the argument was given or has a default.</summary>
    public bool HasArgument(string name) => arguments.TryGet(name, out _);

    /// <summary>
    /// The coerced value of an argument: what its scalar's parser gives, the enum value's runtime value, an input
    /// object's runtime object, or <c>object?[]</c> for a list. The default of the type when it was left out or null.
    /// </summary>
    public T? Argument<T>(string name) =>
        arguments.TryGet(name, out var value) && value is not null ? (T)value : default;

    /// <summary>As <see cref="Argument{T}"/>, but another value when it was left out or null.</summary>
    public T ArgumentOrDefault<T>(string name, T fallback) =>
        arguments.TryGet(name, out var value) && value is not null ? (T)value : fallback;

    /// <summary>The coerced items of a list argument; null when it was left out or null.</summary>
    public IReadOnlyList<T>? ArgumentList<T>(string name) =>
        arguments.TryGet(name, out var value) && value is object?[] items
            ? Array.ConvertAll(items, item => (T)item!)
            : null;

    internal void Await(int splice, ValueTask<object?> task)
    {
        Splice = splice;
        pendingValue = task;
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Continue);
    }

    /// <summary>Waits for the task of a <see cref="TaskResolver"/>.</summary>
    internal void Await(int splice, Task task)
    {
        Splice = splice;
        pending = task;
        if (task.AsyncState is WaitingFields loading) loading.Add(this);
        else task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Continue);
    }

    /// <summary>The value that was waited for; throws what its resolver threw.</summary>
    internal object? Value() => pending is null
        ? pendingValue.GetAwaiter().GetResult()
        : ((TaskResolver)Selection.Resolver).Result(pending);

    private void Continue() => executor.Pump.Continue(this);

    void IPumpItem.Run() => executor.Arrived(this);
}
