using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Fetching;

/// <summary>What the pump needs of a loader: something to flush.</summary>
public abstract class DataLoader
{
    private protected DataLoader(DataLoaderScope scope) => Scope = scope;

    /// <summary>The request this loader belongs to.</summary>
    protected DataLoaderScope Scope { get; }

    internal DataLoader? NextPending { get; set; }

    internal abstract void Dispatch();
}

/// <summary>
/// Collects the keys asked for by one wave of resolvers and fetches them in one batch. Every key is fetched at most
/// once per request. The pump says when: as soon as no resolver can go on without a loader.
/// </summary>
public abstract class DataLoader<TKey, TValue>(DataLoaderScope scope) : DataLoader(scope), IDataLoader<TKey, TValue>
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, TaskCompletionSource<TValue?>> cache = [];
    private List<TKey> pending = [];
    private List<TaskCompletionSource<TValue?>> promises = [];

    /// <summary>Most keys in one batch; more are split into several batches that run side by side.</summary>
    protected virtual int MaxBatchSize => 1000;

    /// <inheritdoc/>
    public Task<TValue?> LoadAsync(TKey key, CancellationToken cancellationToken = default)
    {
        var task = Enqueue(key);
        return cancellationToken.CanBeCanceled && cancellationToken != Scope.Aborted && !task.IsCompleted
            ? task.WaitAsync(cancellationToken)
            : task;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TValue?>> LoadAsync(
        IReadOnlyList<TKey> keys, CancellationToken cancellationToken = default)
    {
        var tasks = new Task<TValue?>[keys.Count];
        for (var i = 0; i < tasks.Length; i++) tasks[i] = LoadAsync(keys[i], cancellationToken);
        return await Task.WhenAll(tasks).ConfigureAwait(false);
    }

    /// <summary>Puts a value in that was fetched elsewhere; a key that was asked for already keeps its own.</summary>
    public void Prime(TKey key, TValue? value)
    {
        lock (gate)
        {
            if (cache.ContainsKey(key)) return;
            var promise = new TaskCompletionSource<TValue?>();
            promise.SetResult(value);
            cache.Add(key, promise);
        }
    }

    /// <summary>Forgets a key, so that the next load fetches it again; for mutations that changed it.</summary>
    public void Clear(TKey key)
    {
        lock (gate)
        {
            if (cache.TryGetValue(key, out var promise) && promise.Task.IsCompleted) cache.Remove(key);
        }
    }

    /// <summary>Fetches the values of distinct keys. A key left out of the answer has no value.</summary>
    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(
        IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    internal sealed override void Dispatch()
    {
        List<TKey> keys;
        List<TaskCompletionSource<TValue?>> waiting;
        lock (gate)
        {
            (keys, waiting) = (pending, promises);
            (pending, promises) = ([], []);
        }

        for (var start = 0; start < keys.Count; start += MaxBatchSize)
        {
            var size = Math.Min(MaxBatchSize, keys.Count - start);
            if (size == keys.Count) Start(keys, waiting);
            else Start(keys.GetRange(start, size), waiting.GetRange(start, size));
        }
    }

    private Task<TValue?> Enqueue(TKey key)
    {
        TaskCompletionSource<TValue?>? promise;
        bool first;
        lock (gate)
        {
            if (cache.TryGetValue(key, out promise)) return promise.Task;

            // Continuations run inline on the pump, so that what they load next joins one wave.
            promise = new TaskCompletionSource<TValue?>(new WaitingFields());
            cache.Add(key, promise);
            pending.Add(key);
            promises.Add(promise);
            first = pending.Count == 1;
        }

        if (first) Scope.Enqueue(this);
        return promise.Task;
    }

    private void Start(List<TKey> keys, List<TaskCompletionSource<TValue?>> waiting)
    {
        Task<IReadOnlyDictionary<TKey, TValue>> batch;
        try
        {
            batch = LoadBatchAsync(keys, Scope.Aborted);
        }
        catch (Exception thrown)
        {
            batch = Task.FromException<IReadOnlyDictionary<TKey, TValue>>(thrown);
        }

        if (batch.IsCompleted) Settle(keys, waiting, batch);
        else Scope.Await(batch, new Batch(Scope, keys, waiting, batch));
    }

    private static void Settle(
        List<TKey> keys, List<TaskCompletionSource<TValue?>> waiting, Task<IReadOnlyDictionary<TKey, TValue>> batch)
    {
        var values = batch.IsCompletedSuccessfully ? batch.Result : null;
        for (var i = 0; i < keys.Count; i++)
        {
            if (batch.IsCompletedSuccessfully)
            {
                waiting[i].TrySetResult(
                    values is not null && values.TryGetValue(keys[i], out var value) ? value : default);
            }
            else if (batch.IsCanceled) waiting[i].TrySetCanceled();
            else waiting[i].TrySetException(batch.Exception!.InnerExceptions);
        }

        for (var i = 0; i < waiting.Count; i++) ((WaitingFields)waiting[i].Task.AsyncState!).Run();
    }

    private sealed class Batch(
        DataLoaderScope scope, List<TKey> keys, List<TaskCompletionSource<TValue?>> waiting,
        Task<IReadOnlyDictionary<TKey, TValue>> task) : IPumpItem
    {
        public IPumpItem? Next { get; set; }

        public void Run()
        {
            scope.BatchArrived();
            Settle(keys, waiting, task);
        }
    }
}
