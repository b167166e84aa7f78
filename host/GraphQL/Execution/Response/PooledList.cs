using System.Runtime.CompilerServices;

namespace K12Hub.GraphQL.Execution;

/// <summary>A list of structs that are changed in place and whose memory is used again for the next request.</summary>
internal sealed class PooledList<T>
    where T : struct
{
    private const int LargestKept = 4096;

    private T[] items = [];

    public int Count { get; private set; }

    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref items[index];
    }

    public ref T Last() => ref items[Count - 1];

    public void Add(in T item)
    {
        if (Count == items.Length) Array.Resize(ref items, Math.Max(16, Count * 2));
        items[Count++] = item;
    }

    public void RemoveLast() => Count--;

    public ReadOnlySpan<T> Slice(int start, int count) => items.AsSpan(start, count);

    public void Clear()
    {
        // One large response must not keep its memory for ever; and what is kept must not keep objects alive.
        if (items.Length > LargestKept) items = [];
        else if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) Array.Clear(items, 0, Count);
        Count = 0;
    }
}
