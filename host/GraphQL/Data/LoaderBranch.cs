namespace K12Hub.GraphQL.Data;

/// <summary>Names the branch of a loader: what was asked for by one field goes into one batch. Called by generated
/// code.</summary>
public static class LoaderBranch
{
    /// <summary>The branch of a field's columns, filter and order.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="query">What the field wants.</param>
    /// <returns>A value that equals those of the same field.</returns>
    public static object Of<T>(QueryContext<T> query)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Origin ?? query;
    }

    /// <summary>The branch of a page.</summary>
    /// <param name="paging">Which page.</param>
    /// <returns>A value that equals those of the same page.</returns>
    public static object Of(PagingArguments paging) => paging;

    /// <summary>The branch of a page of a field's rows.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="paging">Which page.</param>
    /// <param name="query">What the field wants.</param>
    /// <returns>A value that equals those of the same field and page.</returns>
    public static object Of<T>(PagingArguments paging, QueryContext<T> query)
        where T : class => (paging, Of(query));
}
