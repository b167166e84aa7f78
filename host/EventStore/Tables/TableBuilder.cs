using System.Linq.Expressions;

namespace K12Hub.EventStore;

/// <summary>What a row record cannot say itself: key, indexes, and whether it follows one stream.</summary>
/// <typeparam name="TRow">The row record.</typeparam>
public sealed class TableBuilder<TRow>
{
    private readonly TableName _name;
    private readonly List<TableColumn> _columns;
    private readonly List<TableIndex> _indexes = [];
    private List<string> _key = [];
    private bool _followsStream;

    internal TableBuilder(TableName name)
    {
        _name = name;
        _columns = RowShape.ColumnsOf(typeof(TRow));
    }

    /// <summary>The primary key after <c>tenant_id</c>.</summary>
    public TableBuilder<TRow> Key(
        Expression<Func<TRow, object?>> first,
        Expression<Func<TRow, object?>>? second = null,
        Expression<Func<TRow, object?>>? third = null)
    {
        _key = Names(first, second, third);
        var nullable = _columns.FirstOrDefault(c => c.Nullable && _key.Contains(c.Name));
        return nullable is null
            ? this
            : throw new ArgumentException($"{typeof(TRow).Name}.{nullable.Property} may be null: not a key.");
    }

    /// <summary>An index that starts with <c>tenant_id</c>.</summary>
    /// <param name="first">First column after <c>tenant_id</c>.</param>
    /// <param name="second">Next column, or null.</param>
    /// <param name="third">Next column, or null.</param>
    /// <param name="fourth">Next column, or null.</param>
    /// <param name="where">Condition in SQL over column names; null indexes all rows.</param>
    /// <param name="unique">Whether equal rows of one district are refused.</param>
    public TableBuilder<TRow> Index(
        Expression<Func<TRow, object?>> first,
        Expression<Func<TRow, object?>>? second = null,
        Expression<Func<TRow, object?>>? third = null,
        Expression<Func<TRow, object?>>? fourth = null,
        string? where = null,
        bool unique = false)
    {
        var columns = Names(first, second, third, fourth);
        var suffix = where is null ? "" : "_" + Words(where);
        _indexes.Add(new(Cut($"{_name.Bare}_{string.Join('_', columns)}{suffix}"), columns, where, unique));
        return this;
    }

    /// <summary>Each row is a function of one stream whose id is the key: adds <c>stream_version</c>, so that an
    /// older row never overwrites a newer one. Needed by
    /// <see cref="SingleStreamProjection{TAggregate, TRow}"/>.</summary>
    public TableBuilder<TRow> FollowsStream()
    {
        _followsStream = true;
        return this;
    }

    /// <summary>Leaves a property out of the table.</summary>
    public TableBuilder<TRow> Ignore(Expression<Func<TRow, object?>> property)
    {
        var name = Property(property);
        _columns.RemoveAll(c => c.Property == name);
        return this;
    }

    internal TableMap Build()
    {
        if (_key.Count == 0)
        {
            throw new ArgumentException($"Table {_name.View} has no key. Say which: t => t.Key(row => row.Id).");
        }

        if (_indexes.GroupBy(i => i.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Table {_name.View} has index {twice.Key} twice.");
        }

        return new(typeof(TRow), _name, _columns, _key, _indexes, _followsStream);
    }

    private List<string> Names(params Expression<Func<TRow, object?>>?[] properties) =>
        [.. properties.Where(p => p is not null).Select(p => ColumnOf(Property(p!)))];

    private string ColumnOf(string property) => _columns.FirstOrDefault(c => c.Property == property)?.Name
        ?? throw new ArgumentException($"{typeof(TRow).Name}.{property} is not a column of {_name.View}.");

    private static string Property(Expression<Func<TRow, object?>> property)
    {
        var body = property.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed
            ? boxed.Operand
            : property.Body;
        return body is MemberExpression { Expression: ParameterExpression } member
            ? member.Member.Name
            : throw new ArgumentException($"'{property}' is not a plain property of {typeof(TRow).Name}.");
    }

    /// <summary>A condition as part of a name: its words, joined.</summary>
    private static string Words(string where) =>
        string.Join('_', where.ToLowerInvariant().Split([' ', '(', ')', '\'', '=', '<', '>', '.'],
            StringSplitOptions.RemoveEmptyEntries));

    /// <summary>PostgreSQL cuts names at 63 bytes without a word; two long names must stay two.</summary>
    private static string Cut(string name) => name.Length <= 63 ? name : $"{name[..54]}_{Checksum.Short(name)}";
}
