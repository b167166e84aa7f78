using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Planning;

namespace K12Hub.GraphQL.Data;

/// <summary>Reads off a selected field what its query needs. Called by generated code.</summary>
public static class FieldQuery
{
    /// <summary>For a field that returns rows or one row: columns from the selection below, <c>where</c> and
    /// <c>order</c> from the arguments if there are.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="context">The field.</param>
    /// <param name="fields">The columns behind the fields of the row's type.</param>
    /// <returns>What the field wants.</returns>
    public static QueryContext<T> ForRows<T>(ResolverContext context, RowFields<T> fields)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        var plan = context.Selection.GetOrAdd(
            selection => Plan<T>.Of(fields.Below(selection), PageParts.None, selection));
        return Query(context, plan.Query);
    }

    /// <summary>For a connection: the columns below <c>nodes</c> and <c>edges.node</c>.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="context">The field.</param>
    /// <param name="fields">The columns behind the fields of the row's type.</param>
    /// <returns>What the field wants.</returns>
    public static QueryContext<T> ForConnection<T>(ResolverContext context, RowFields<T> fields)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        return Query(context, PlanOf(context, fields).Query);
    }

    /// <summary>The paging arguments of a connection, and which of its parts were selected.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="context">The field.</param>
    /// <param name="fields">The columns behind the fields of the row's type.</param>
    /// <param name="maxPageSize">The largest page.</param>
    /// <param name="defaultPageSize">The page when the client says nothing.</param>
    /// <returns>Which page.</returns>
    public static PagingArguments Paging<T>(
        ResolverContext context, RowFields<T> fields, int maxPageSize, int defaultPageSize)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        return new PagingArguments(
            context.Argument<int?>("first"),
            context.Argument<string>("after"),
            context.Argument<int?>("last"),
            context.Argument<string>("before"))
        {
            MaxPageSize = maxPageSize,
            DefaultPageSize = defaultPageSize,
            Wanted = PlanOf(context, fields).Parts,
        };
    }

    /// <summary>The field's query with the client's filter and order; without them the same object every
    /// time.</summary>
    private static QueryContext<T> Query<T>(ResolverContext context, QueryContext<T> bare)
        where T : class
    {
        if (!context.HasArgument("where") && !context.HasArgument("order"))
        {
            return bare;
        }

        var sorting = new SortDefinition<T>();
        foreach (var choice in context.ArgumentList<SortChoice<T>>("order") ?? [])
        {
            sorting = sorting.Add(choice.Key.Column, choice.Key.Descending);
        }

        var predicate = context.Argument<Filter<T>>("where")?.Predicate;
        return new QueryContext<T>(bare.Columns, predicate, sorting.IsEmpty ? null : sorting, context.Selection);
    }

    private static Plan<T> PlanOf<T>(ResolverContext context, RowFields<T> fields)
        where T : class => context.Selection.GetOrAdd(connection =>
        {
            var columns = RowColumns<T>.Always;
            var parts = PageParts.None;
            foreach (var child in connection.Children)
            {
                parts |= PartsOf(child);
                foreach (var rows in RowsBelow(child))
                {
                    columns = columns.With(fields.Below(rows));
                }
            }

            return Plan<T>.Of(columns, parts, connection);
        });

    private static IEnumerable<Selection> RowsBelow(Selection child) => child.FieldName switch
    {
        "nodes" => [child],
        "edges" => child.Children.Where(edge => edge.FieldName == "node"),
        _ => [],
    };

    private static PageParts PartsOf(Selection child) => child.FieldName switch
    {
        "nodes" or "edges" => PageParts.Items,
        "totalCount" => PageParts.TotalCount,
        "pageInfo" => child.Children.Aggregate(PageParts.None, (parts, field) => parts | field.FieldName switch
        {
            "hasNextPage" => PageParts.HasNextPage,
            "hasPreviousPage" => PageParts.HasPreviousPage,
            "startCursor" or "endCursor" => PageParts.Items,
            _ => PageParts.None,
        }),
        _ => PageParts.None,
    };

    /// <summary>What follows from the document alone, kept with the selection.</summary>
    private sealed record Plan<T>(QueryContext<T> Query, PageParts Parts)
        where T : class
    {
        public static Plan<T> Of(ColumnSet columns, PageParts parts, Selection selection) =>
            new(new QueryContext<T>(columns, null, null, selection), parts);
    }
}
