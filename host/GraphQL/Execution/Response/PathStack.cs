namespace K12Hub.GraphQL.Execution;

/// <summary>The way from the root to what is being written: response names and list indexes.</summary>
internal sealed class PathStack
{
    private readonly PooledList<Step> steps = new();
    private readonly PooledList<Step> saved = new();

    public void Push(string responseName) => steps.Add(new Step(responseName, 0));

    public void Push(int index) => steps.Add(new Step(null, index));

    public void Pop() => steps.RemoveLast();

    /// <summary>Remembers the way for a value that comes later.</summary>
    public SavedPath Save()
    {
        var path = new SavedPath(saved.Count, steps.Count);
        for (var i = 0; i < steps.Count; i++) saved.Add(steps[i]);
        return path;
    }

    /// <summary>Goes back to a remembered place.</summary>
    public void Restore(SavedPath path)
    {
        steps.Clear();
        foreach (ref readonly var step in saved.Slice(path.Start, path.Length)) steps.Add(step);
    }

    /// <summary>The way in the form errors have it.</summary>
    public object[] ToArray()
    {
        var path = new object[steps.Count];
        for (var i = 0; i < path.Length; i++) path[i] = steps[i].Value;
        return path;
    }

    public object[] ToArray(SavedPath path)
    {
        var steps = saved.Slice(path.Start, path.Length);
        var copy = new object[steps.Length];
        for (var i = 0; i < copy.Length; i++) copy[i] = steps[i].Value;
        return copy;
    }

    public void Clear()
    {
        steps.Clear();
        saved.Clear();
    }

    private readonly struct Step(string? name, int index)
    {
        public object Value => name ?? (object)index;
    }
}

/// <summary>A remembered place of a <see cref="PathStack"/>.</summary>
internal readonly record struct SavedPath(int Start, int Length);
