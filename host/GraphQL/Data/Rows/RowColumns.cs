using System.Linq.Expressions;
using System.Reflection;

namespace K12Hub.GraphQL.Data;

/// <summary>The readable properties of a row, found once per type.</summary>
internal static class RowColumns<T>
    where T : class
{
    /// <summary>Stands for the row in every expression built here, so that equal parts are the same object.</summary>
    public static readonly ParameterExpression Row = Expression.Parameter(typeof(T), "row");

    public static readonly RowColumn<T>[] All = Find();

    /// <summary>The property <c>Id</c>: what makes an order total.</summary>
    public static readonly RowColumn<T>? Key = Array.Find(All, column => column.Name == "Id");

    /// <summary>What is loaded whatever is selected.</summary>
    public static readonly ColumnSet Always = All
        .Where(column => column.Property.IsDefined(typeof(AlwaysLoadedAttribute), inherit: true))
        .Aggregate(ColumnSet.None, (set, column) => set.With(column.Index));

    public static RowColumn<T> Of(string name) =>
        Array.Find(All, column => column.Name == name)
        ?? throw new ArgumentException($"{typeof(T).Name} has no property {name}.", nameof(name));

    public static RowColumn<T> Of(LambdaExpression property)
    {
        var body = property.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert
            ? convert.Operand
            : property.Body;

        // row.SchoolId!.Value is the column SchoolId.
        if (body is MemberExpression { Member.Name: "Value", Expression: MemberExpression nullable }
            && Nullable.GetUnderlyingType(nullable.Type) is not null)
        {
            body = nullable;
        }

        return body is MemberExpression { Member: PropertyInfo member, Expression: ParameterExpression }
            ? Of(member.Name)
            : throw new ArgumentException(
                $"{property} is not a property of {typeof(T).Name}. Rows are ordered by stored columns only.",
                nameof(property));
    }

    public static ColumnSet Set(IEnumerable<string> names) =>
        names.Aggregate(ColumnSet.None, (set, name) => set.With(Of(name).Index));

    private static RowColumn<T>[] Find() =>
        [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .Select(Create)];

    private static RowColumn<T> Create(PropertyInfo property, int index)
    {
        var type = typeof(RowColumn<,>).MakeGenericType(typeof(T), property.PropertyType);
        return (RowColumn<T>)Activator.CreateInstance(type, property, index)!;
    }
}

/// <summary>One property of a row.</summary>
internal abstract class RowColumn<T>(PropertyInfo property, int index)
    where T : class
{
    private static readonly NullabilityInfoContext Nullability = new();

    public PropertyInfo Property { get; } = property;

    public int Index { get; } = index;

    public string Name => Property.Name;

    public bool IsNullable { get; } = MayBeNull(property);

    /// <summary><c>row.Property</c>.</summary>
    public MemberExpression Access { get; } = Expression.Property(RowColumns<T>.Row, property);

    public abstract object? Read(T row);

    /// <summary>A value as an expression that a database sends as a parameter.</summary>
    public abstract Expression Parameter(object? value);

    /// <summary>Values as an expression of type <c>List</c> that a database sends as a parameter.</summary>
    public abstract Expression ParameterList(IEnumerable<object?> values);

    /// <summary>Orders rows by the column, after what they are ordered by already.</summary>
    public abstract IOrderedQueryable<T> OrderOn(IQueryable<T> rows, IOrderedQueryable<T>? ordered, bool descending);

    private static bool MayBeNull(PropertyInfo property)
    {
        lock (Nullability)
        {
            return Nullability.Create(property).ReadState != NullabilityState.NotNull;
        }
    }
}

/// <inheritdoc/>
internal sealed class RowColumn<T, TValue>(PropertyInfo property, int index) : RowColumn<T>(property, index)
    where T : class
{
    private readonly Func<T, TValue> read = property.GetMethod!.CreateDelegate<Func<T, TValue>>();

    private readonly Expression<Func<T, TValue>> selector = Expression.Lambda<Func<T, TValue>>(
        Expression.Property(RowColumns<T>.Row, property), RowColumns<T>.Row);

    public override object? Read(T row) => read(row);

    public override Expression Parameter(object? value) =>
        Expression.Field(Expression.Constant(new Captured<TValue>((TValue)value!)), nameof(Captured<>.Value));

    public override Expression ParameterList(IEnumerable<object?> values) =>
        Expression.Field(
            Expression.Constant(new Captured<List<TValue>>([.. values.Select(value => (TValue)value!)])),
            nameof(Captured<>.Value));

    public override IOrderedQueryable<T> OrderOn(
        IQueryable<T> rows, IOrderedQueryable<T>? ordered, bool descending)
    {
        // PostgreSQL takes a missing value for the largest; LINQ to objects for the smallest.
        if (IsNullable && rows is EnumerableQuery)
        {
            ordered = Then(rows, ordered, row => read(row) == null, descending);
        }

        return Then(rows, ordered, selector, descending);
    }

    private static IOrderedQueryable<T> Then<TKey>(
        IQueryable<T> rows, IOrderedQueryable<T>? ordered, Expression<Func<T, TKey>> key, bool descending) =>
        (ordered, descending) switch
        {
            (null, false) => rows.OrderBy(key),
            (null, true) => rows.OrderByDescending(key),
            (_, false) => ordered.ThenBy(key),
            (_, true) => ordered.ThenByDescending(key),
        };
}

/// <summary>Holds a value the way a C# closure does: LINQ providers make a parameter of it, so that queries which
/// differ in values only share one compiled query and one database plan.</summary>
internal sealed class Captured<TValue>(TValue value)
{
    public readonly TValue Value = value;
}
