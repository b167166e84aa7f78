namespace K12Hub.GraphQL.Execution;

/// <summary>Writes one JSON value, or null, for a field of <paramref name="parent"/>.</summary>
public delegate void WriteLeaf(object parent, ref JsonArena json);

/// <summary>How a field gets its value. Five kinds, from the cheapest to the most able.</summary>
public abstract class FieldResolver
{
    private protected FieldResolver()
    {
    }
}

/// <summary>A scalar, an enum value or a list of them, written straight into the response: no boxing, no
/// context.</summary>
public sealed class LeafResolver(WriteLeaf write) : FieldResolver
{
    /// <summary>Writes the value; the executor checks what was written against the field's nullability.</summary>
    public WriteLeaf Write { get; } = write;
}

/// <summary>Reads a value from the parent: an object, a list, or a leaf that needs its type's serialization.</summary>
public sealed class PureResolver(Func<object, object?> get) : FieldResolver
{
    /// <summary>Reads the value.</summary>
    public Func<object, object?> Get { get; } = get;
}

/// <summary>Computes a value at once from arguments and services.</summary>
public sealed class SyncResolver(Func<ResolverContext, object?> resolve) : FieldResolver
{
    /// <summary>Computes the value.</summary>
    public Func<ResolverContext, object?> Resolve { get; } = resolve;
}

/// <summary>Gets a value from one task, such as that of a loader: what comes of it needs no code of its own.</summary>
public abstract class TaskResolver : FieldResolver
{
    private protected TaskResolver()
    {
    }

    /// <summary>Starts getting values of type <typeparamref name="T"/>.</summary>
    public static TaskResolver Of<T>(Func<ResolverContext, Task<T>> start) => new Typed<T>(start);

    internal abstract Task Start(ResolverContext context);

    /// <summary>The value of a task that <see cref="Start"/> gave; throws what the task threw.</summary>
    internal abstract object? Result(Task task);

    private sealed class Typed<T>(Func<ResolverContext, Task<T>> start) : TaskResolver
    {
        internal override Task Start(ResolverContext context) => start(context);

        internal override object? Result(Task task) => ((Task<T>)task).GetAwaiter().GetResult();
    }
}

/// <summary>Gets a value that may have to be waited for.</summary>
public sealed class AsyncResolver(Func<ResolverContext, ValueTask<object?>> resolve) : FieldResolver
{
    /// <summary>Starts getting the value.</summary>
    public Func<ResolverContext, ValueTask<object?>> Resolve { get; } = resolve;
}
