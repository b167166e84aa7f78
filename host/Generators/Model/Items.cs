using System.Collections;

namespace K12Hub.Generators.Model;

/// <summary>A list that is compared by its items, so that unchanged models are recognised as unchanged.</summary>
internal readonly struct Items<T>(T[] items) : IEquatable<Items<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    public static readonly Items<T> None = new([]);

    private readonly T[]? items = items;

    public int Count => items?.Length ?? 0;

    public T this[int index] => items![index];

    public bool Equals(Items<T> other) => this.SequenceEqual(other);

    public override bool Equals(object? obj) => obj is Items<T> other && Equals(other);

    public override int GetHashCode() =>
        this.Aggregate(17, (hash, item) => unchecked((hash * 31) + item.GetHashCode()));

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)(items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal static class ItemsOf
{
    public static Items<T> ToItems<T>(this IEnumerable<T> items)
        where T : IEquatable<T> => new(items.ToArray());
}
