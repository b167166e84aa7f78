using K12Hub.GraphQL.Planning;

namespace K12Hub.GraphQL.Execution;

/// <summary>A field whose policy has not been decided yet.</summary>
internal sealed class AuthorizationWait(
    Executor executor, Selection selection, object parent, int splice, Task<bool> decision) : IPumpItem
{
    public Selection Selection { get; } = selection;

    public object Parent { get; } = parent;

    public int Splice { get; } = splice;

    public SavedPath Path { get; } = executor.Path.Save();

    public IPumpItem? Next { get; set; }

    public void Start() =>
        decision.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => executor.Pump.Continue(this));

    public void Run() => executor.Decided(this);
}
