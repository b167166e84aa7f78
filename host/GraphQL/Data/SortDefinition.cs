using System.Linq.Expressions;

namespace K12Hub.GraphQL.Data;

/// <summary>An order of rows by some of their properties. Immutable, and equal to any other that orders the
/// same.</summary>
/// <typeparam name="T">The row.</typeparam>
public sealed class SortDefinition<T> : IEquatable<SortDefinition<T>>
    where T : class
{
    private readonly SortKey<T>[] keys;

    /// <summary>No order yet.</summary>
    public SortDefinition()
        : this([])
    {
    }

    private SortDefinition(SortKey<T>[] keys) => this.keys = keys;

    internal ReadOnlySpan<SortKey<T>> Keys => keys;

    /// <summary>Whether nothing is ordered yet.</summary>
    public bool IsEmpty => keys.Length == 0;

    /// <summary>Then by a property, smallest first, missing values last.</summary>
    /// <typeparam name="TValue">The property's type.</typeparam>
    /// <param name="property">The property: <c>row => row.Id</c>.</param>
    /// <returns>The longer order; the same when the property already has its place.</returns>
    public SortDefinition<T> AddAscending<TValue>(Expression<Func<T, TValue>> property) =>
        Add(RowColumns<T>.Of(property), descending: false);

    /// <summary>Then by a property, largest first, missing values first.</summary>
    /// <typeparam name="TValue">The property's type.</typeparam>
    /// <param name="property">The property: <c>row => row.UpdatedAt</c>.</param>
    /// <returns>The longer order; the same when the property already has its place.</returns>
    public SortDefinition<T> AddDescending<TValue>(Expression<Func<T, TValue>> property) =>
        Add(RowColumns<T>.Of(property), descending: true);

    /// <summary>What to order by when the client chose nothing.</summary>
    /// <param name="otherwise">Builds the order.</param>
    /// <returns>This order, or the other when this is empty.</returns>
    public SortDefinition<T> IfEmpty(Func<SortDefinition<T>, SortDefinition<T>> otherwise) =>
        IsEmpty ? otherwise(this) : this;

    /// <inheritdoc/>
    public bool Equals(SortDefinition<T>? other) =>
        ReferenceEquals(this, other) || (other is not null && Keys.SequenceEqual(other.Keys));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SortDefinition<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var key in keys)
        {
            hash.Add(key.Column.Index);
            hash.Add(key.Descending);
        }

        return hash.ToHashCode();
    }

    internal SortDefinition<T> Add(RowColumn<T> column, bool descending)
    {
        foreach (var key in keys)
        {
            if (key.Column == column)
            {
                return this;
            }
        }

        return new SortDefinition<T>([.. keys, new SortKey<T>(column, descending)]);
    }
}

/// <summary>One property of an order.</summary>
internal readonly record struct SortKey<T>(RowColumn<T> Column, bool Descending)
    where T : class;
