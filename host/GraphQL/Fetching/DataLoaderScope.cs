using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Fetching;

/// <summary>The loaders of one request: each exists once, made when first asked for.</summary>
public sealed class DataLoaderScope
{
    /// <summary>The branch of a loader that was asked for without one.</summary>
    private static readonly object Plain = new();

    private readonly Lock gate = new();
    private readonly Dictionary<(Type Type, object Branch), object> loaders = [];
    private readonly IReadOnlyDictionary<Type, Func<DataLoaderScope, object>> known;
    private readonly Pump pump;
    private DataLoader? pending;
    private int batchesOut;
    private volatile bool closed;

    internal DataLoaderScope(
        IServiceProvider services,
        IReadOnlyDictionary<Type, Func<DataLoaderScope, object>> known,
        Pump pump,
        CancellationToken aborted)
    {
        Services = services;
        this.known = known;
        this.pump = pump;
        Aborted = aborted;
        pump.Loaders = this;
    }

    /// <summary>Services of the request.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Ends batches when the request ends.</summary>
    public CancellationToken Aborted { get; }

    /// <summary>True while a batch has not come back.</summary>
    internal bool IsWaiting => Volatile.Read(ref batchesOut) > 0;

    internal bool HasPending => Volatile.Read(ref pending) is not null;

    /// <summary>The loader registered as <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">No module registered it.</exception>
    public T Get<T>()
        where T : class
    {
        lock (gate)
        {
            if (loaders.TryGetValue((typeof(T), Plain), out var loader)) return (T)loader;
        }

        if (!known.TryGetValue(typeof(T), out var create))
        {
            throw new InvalidOperationException(
                $"No DataLoader is registered as {typeof(T).Name}. Call AddDataLoader<{typeof(T).Name}>(...), or the " +
                "generated Add...Types() of the module that declares it.");
        }

        return GetOrAdd(Plain, scope => (T)create(scope));
    }

    /// <summary>The service of a type.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public T Service<T>()
        where T : notnull =>
        Services.GetService(typeof(T)) is T service
            ? service
            : throw new InvalidOperationException(
                $"A loader needs {typeof(T).FullName}, which is not a registered service.");

    /// <summary>A loader of its own per <paramref name="branch"/>: the same data with other arguments, such as a page
    /// size or a selection of columns. Branches are compared by value.</summary>
    public T GetOrAdd<T>(object branch, Func<DataLoaderScope, T> create)
        where T : class
    {
        lock (gate)
        {
            if (loaders.TryGetValue((typeof(T), branch), out var loader)) return (T)loader;
            var created = create(this);
            loaders.Add((typeof(T), branch), created);
            return created;
        }
    }

    /// <summary>Forgets all loaders with what they have loaded; after a mutation, what was read before is
    /// old.</summary>
    internal void Renew()
    {
        lock (gate) loaders.Clear();
    }

    /// <summary>Refuses further loads: the pump may belong to another request by now.</summary>
    internal void Close() => closed = true;

    /// <summary>Notes that a loader has keys; it is flushed when the pump has nothing else to do.</summary>
    internal void Enqueue(DataLoader loader)
    {
        if (closed) throw new InvalidOperationException("The request has ended; its loaders load nothing any more.");

        DataLoader? head;
        do
        {
            head = Volatile.Read(ref pending);
            loader.NextPending = head;
        }
        while (Interlocked.CompareExchange(ref pending, loader, head) != head);

        pump.Wake();
    }

    /// <summary>Sends off a batch for every loader that has keys. False when none had.</summary>
    internal bool Flush()
    {
        var loader = Interlocked.Exchange(ref pending, null);
        if (loader is null) return false;

        var areMany = loader.NextPending is not null;
        var listener = areMany ? (IBatchListener?)Services.GetService(typeof(IBatchListener)) : null;
        listener?.OnStarting();
        for (DataLoader? next; loader is not null; loader = next)
        {
            next = loader.NextPending;
            loader.NextPending = null;
            loader.Dispatch();
        }

        listener?.OnStarted();
        return true;
    }

    internal void Await(Task batch, IPumpItem item)
    {
        Interlocked.Increment(ref batchesOut);
        batch.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => pump.Continue(item));
    }

    internal void BatchArrived() => Interlocked.Decrement(ref batchesOut);
}
