using System.Linq.Expressions;

namespace K12Hub.GraphQL.Data;

/// <summary>What a GraphQL field wants of a table: which columns, which rows, in which order. Give it to
/// <see cref="RowQueries.With{T}(IQueryable{T}, QueryContext{T}?)"/>.</summary>
/// <typeparam name="T">The row, which mirrors the table.</typeparam>
public sealed class QueryContext<T>
    where T : class
{
    private readonly ColumnSet columns;

    /// <summary>Everything: all columns of all rows.</summary>
    public QueryContext()
        : this(ColumnSet.All, null, null, null)
    {
    }

    internal QueryContext(
        ColumnSet columns, Expression<Func<T, bool>>? predicate, SortDefinition<T>? sorting, object? origin)
    {
        this.columns = columns;
        Predicate = predicate;
        Sorting = sorting;
        Origin = origin;
    }

    /// <summary>Copies the wanted columns: <c>x => new Row { Id = x.Id }</c>; null when all are wanted.</summary>
    public Expression<Func<T, T>>? Selector => RowSelector<T>.For(columns);

    /// <summary>The client's filter; null when there is none.</summary>
    public Expression<Func<T, bool>>? Predicate { get; }

    /// <summary>The client's order; null when there is none.</summary>
    public SortDefinition<T>? Sorting { get; }

    internal ColumnSet Columns => columns;

    /// <summary>The field that asked: within a request, contexts of one origin are equal.</summary>
    internal object? Origin { get; }

    /// <summary>Also load a column, because the code that follows reads it.</summary>
    /// <typeparam name="TValue">The property's type.</typeparam>
    /// <param name="property">The property: <c>row => row.Id</c>.</param>
    /// <returns>The wider context.</returns>
    public QueryContext<T> Include<TValue>(Expression<Func<T, TValue>> property) =>
        new(columns.With(RowColumns<T>.Of(property).Index), Predicate, Sorting, Origin);
}

/// <summary>Columns of a row by their index; rows with more than 64 properties are always loaded whole.</summary>
internal readonly record struct ColumnSet(ulong Bits)
{
    public const int Largest = 64;

    public static readonly ColumnSet All = new(ulong.MaxValue);

    public static readonly ColumnSet None = new(0);

    public bool IsAll => Bits == ulong.MaxValue;

    public ColumnSet With(int index) => index < Largest ? new(Bits | 1UL << index) : All;

    public ColumnSet With(ColumnSet other) => new(Bits | other.Bits);

    public bool Has(int index) => IsAll || (index < Largest && (Bits & 1UL << index) != 0);
}
