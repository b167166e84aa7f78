namespace K12Hub.GraphQL.Data;

/// <summary>A query provider that knows again the pages it was asked for before, so that they are asked with other
/// values without being composed anew.</summary>
public interface IPageProvider : IQueryProvider
{
    /// <summary>The rows of a page as they arrive.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="rows">The rows there are to be cut into pages.</param>
    /// <param name="page">What is cut out of them, but for values: equal for pages that differ in values alone.</param>
    /// <param name="place">The values, in the order in which the composed query captures them, after those of
    /// <paramref name="rows"/>.</param>
    /// <param name="compose">Composes the query of the page.</param>
    IAsyncEnumerable<T> Page<T>(
        IQueryable<T> rows, object page, IReadOnlyList<object?> place, Func<IQueryable<T>> compose);
}
