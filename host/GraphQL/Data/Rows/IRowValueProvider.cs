using System.Linq.Expressions;

namespace K12Hub.GraphQL.Data;

/// <summary>A query provider whose database compares several columns at once, as SQL does with row values:
/// <c>(a, b) > (x, y)</c>. An index finds the start of a page by that in one step.</summary>
public interface IRowValueProvider : IQueryProvider
{
    /// <summary>The comparison as an expression the provider translates.</summary>
    /// <param name="columns">Columns without missing values, two or more.</param>
    /// <param name="values">A value for each column.</param>
    /// <param name="greater">Whether the columns are to be greater, else less.</param>
    /// <returns>A condition.</returns>
    Expression Compare(IReadOnlyList<Expression> columns, IReadOnlyList<Expression> values, bool greater);
}
