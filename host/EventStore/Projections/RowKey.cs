using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace K12Hub.EventStore;

/// <summary>The key of a row as PostgreSQL is given it: ids unwrapped, enums as names.</summary>
internal readonly struct RowKey : IEquatable<RowKey>
{
    private static readonly ConcurrentDictionary<Type, Func<object, object[]>> Shapes = new();

    private readonly object[] _values;

    public RowKey(params object[] values) => _values = values;

    public IReadOnlyList<object> Values => _values;

    /// <summary>A key as projections write it: one value, or a tuple or record of some.</summary>
    public static RowKey Of(object key) => new(Shapes.GetOrAdd(key.GetType(), ShapeOf)(key));

    public bool Equals(RowKey other) => _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => obj is RowKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    private static Func<object, object[]> ShapeOf(Type type)
    {
        if (PgType.TryScalar(type) is { } scalar)
        {
            return key => [Stored(scalar, key)];
        }

        if (typeof(ITuple).IsAssignableFrom(type))
        {
            return key => [.. Items((ITuple)key).Select(Part)];
        }

        var parts = RowShape.PropertiesOf(type);
        return parts.Count > 0
            ? key => [.. parts.Select(part => Part(part.GetValue(key)))]
            : throw new ArgumentException($"{type.Name} is not the key of a row: use a value, a tuple or a record.");
    }

    private static IEnumerable<object?> Items(ITuple tuple) => Enumerable.Range(0, tuple.Length).Select(i => tuple[i]);

    private static object Part(object? value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return PgType.TryScalar(value.GetType()) is { } scalar
            ? Stored(scalar, value)
            : throw new ArgumentException($"{value.GetType().Name} cannot be part of a key.");
    }

    private static object Stored(PgType type, object value) => type.Convert is null ? value : type.Convert(value);
}
