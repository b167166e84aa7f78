using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace K12Hub.Hosting;

/// <summary>The queries EF has compiled, by their shape. Clients choose columns, filters and orders, so the number kept
/// is bounded: when there are too many, those go that nobody asked for since the last time.</summary>
internal sealed class CompiledQueries(int mostKept = 1_000)
{
    private readonly ConcurrentDictionary<object?[], Entry> entries = new(ByParts.Instance);
    private readonly Lock gate = new();

    public int Count => entries.Count;

    /// <summary>The compiled query of a shape, compiled now when it is new.</summary>
    public CompiledQuery<T> Get<T>(QueryShape shape, Func<CompiledQuery<T>> compile)
    {
        if (Find<T>(shape) is { } known) return known;

        // Before compiling: it may use the shape's reader again.
        var key = shape.Key;
        return Add(key, compile());
    }

    /// <summary>The compiled query of a shape; null when it is new.</summary>
    public CompiledQuery<T>? Find<T>(QueryShape shape)
    {
        var parts = CollectionsMarshal.AsSpan(shape.Parts);
        if (!entries.GetAlternateLookup<ReadOnlySpan<object?>>().TryGetValue(parts, out var known)) return null;

        known.WasUsed = true;
        return (CompiledQuery<T>)known.Query;
    }

    /// <summary>Keeps a compiled query.</summary>
    public CompiledQuery<T> Add<T>(object?[] key, CompiledQuery<T> compiled)
    {
        lock (gate)
        {
            while (entries.Count >= mostKept) DropUnused();
            entries.TryAdd(key, new Entry(compiled));
        }

        return compiled;
    }

    private void DropUnused()
    {
        foreach (var (key, entry) in entries)
        {
            if (!entry.WasUsed) entries.TryRemove(key, out _);
            entry.WasUsed = false;
        }
    }

    private sealed class Entry(object query)
    {
        public object Query { get; } = query;

        public bool WasUsed { get; set; }
    }

    private sealed class ByParts
        : IEqualityComparer<object?[]>, IAlternateEqualityComparer<ReadOnlySpan<object?>, object?[]>
    {
        public static readonly ByParts Instance = new();

        public bool Equals(object?[]? left, object?[]? right) => Equals(left.AsSpan(), right!);

        public int GetHashCode([DisallowNull] object?[] parts) => GetHashCode(parts.AsSpan());

        public bool Equals(ReadOnlySpan<object?> left, object?[] right) => left.SequenceEqual(right);

        public int GetHashCode(ReadOnlySpan<object?> parts)
        {
            var hash = new HashCode();
            foreach (var part in parts) hash.Add(part);
            return hash.ToHashCode();
        }

        public object?[] Create(ReadOnlySpan<object?> parts) => parts.ToArray();
    }
}
