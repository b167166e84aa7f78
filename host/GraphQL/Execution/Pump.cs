using System.Runtime.CompilerServices;
using K12Hub.GraphQL.Fetching;

namespace K12Hub.GraphQL.Execution;

/// <summary>Something that arrived and is to be dealt with on the pump.</summary>
internal interface IPumpItem
{
    /// <summary>Links the items that wait; belongs to the pump.</summary>
    IPumpItem? Next { get; set; }

    void Run();
}

/// <summary>
/// Runs one request on at most one thread at a time, so that the executor needs no locks. The only rule of
/// scheduling: when nothing is left to run, flush every loader that has keys; when none has, wait for something to be
/// posted. There are no timers and no guesses, hence nothing can hang but a task that never ends.
/// </summary>
internal sealed class Pump : IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int Running = 1;

    private IPumpItem? posted;
    private int state = Running;

    /// <summary>Called when nothing is left to run; true ends the pump, false waits for more.</summary>
    public Func<bool>? Quiet { get; set; }

    /// <summary>Called once, after the pump has ended; the last thing it does.</summary>
    public Action? Ended { get; set; }

    /// <summary>Called when an item threw, which is a bug of ours; the request must end then.</summary>
    public Action<Exception>? Crashed { get; set; }

    public DataLoaderScope? Loaders { get; set; }

    /// <summary>Hands something over from any thread.</summary>
    public void Post(IPumpItem item)
    {
        Push(item);
        Wake();
    }

    /// <summary>Hands over what a task brought, and goes on with it here when the pump rests: the thread that ended
    /// the task has nothing else to do, and waking another would cost more than most of what follows.</summary>
    public void Continue(IPumpItem item)
    {
        Push(item);
        if (Interlocked.Exchange(ref state, Running) != Idle) return;

        // Tasks that end tasks may have left little stack.
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack()) Run();
        else ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>Makes sure that the pump runs, or will look again before it rests.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref state, Running) == Idle)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
    }

    void IThreadPoolWorkItem.Execute() => Run();

    /// <summary>Runs on the calling thread, which must be the one that owns the pump. True when it has ended: then
    /// whoever still posts is not heard.</summary>
    public bool RunUntilQuiet()
    {
        // What resolvers await must come back here, not to the context of whoever started the request.
        var context = SynchronizationContext.Current;
        if (context is not null) SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (true)
            {
                do RunPosted();
                while (Loaders?.Flush() == true || Volatile.Read(ref posted) is not null);

                if (Quiet!()) return true;
                if (HasWork()) continue;

                // Look once more after letting go: what was posted in between woke nobody.
                Interlocked.Exchange(ref state, Idle);
                if (!HasWork() || Interlocked.Exchange(ref state, Running) == Running) return false;
            }
        }
        finally
        {
            if (context is not null) SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Ready for the next request; the caller owns the pump.</summary>
    public void Reset()
    {
        posted = null;
        Loaders = null;
        state = Running;
    }

    private void Run()
    {
        if (RunUntilQuiet()) Ended!();
    }

    private void Push(IPumpItem item)
    {
        IPumpItem? head;
        do
        {
            head = Volatile.Read(ref posted);
            item.Next = head;
        }
        while (Interlocked.CompareExchange(ref posted, item, head) != head);
    }

    private bool HasWork() => Volatile.Read(ref posted) is not null || Loaders?.HasPending == true;

    private void RunPosted()
    {
        // Posted items form a stack; first come is first served.
        IPumpItem? inOrder = null;
        for (var item = Interlocked.Exchange(ref posted, null); item is not null;)
        {
            var next = item.Next;
            item.Next = inOrder;
            inOrder = item;
            item = next;
        }

        while (inOrder is not null)
        {
            var next = inOrder.Next;
            inOrder.Next = null;
            Run(inOrder);
            inOrder = next;
        }
    }

    private void Run(IPumpItem item)
    {
        try
        {
            item.Run();
        }
        catch (Exception thrown)
        {
            Crashed!(thrown);
        }
    }
}
