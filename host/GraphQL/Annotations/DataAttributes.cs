namespace K12Hub.GraphQL;

/// <summary>The field is a connection: it takes <c>first</c>, <c>after</c>, <c>last</c>, <c>before</c> and answers
/// <c>edges</c>, <c>nodes</c>, <c>pageInfo</c> and, unless left out, <c>totalCount</c>. The method returns
/// a <see cref="Data.Page{T}"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class UseConnectionAttribute : Attribute
{
    /// <summary>The largest page a client may ask for; 1 to 100.</summary>
    public int MaxPageSize { get; init; } = 100;

    /// <summary>The page size when the client gives none; 1 to <see cref="MaxPageSize"/>.</summary>
    public int DefaultPageSize { get; init; } = 10;

    /// <summary>Whether the connection has <c>totalCount</c>, which counts the rows when it is selected. All
    /// connections of one row have it or none, since they are of one type.</summary>
    public bool IncludeTotalCount { get; init; } = true;

    /// <summary>Whether a client has to say <c>first</c> or <c>last</c>; else <see cref="DefaultPageSize"/> holds. The
    /// operation is refused before anything is executed, with <c>GRAPHQL_SLICING_ARGUMENT</c>.</summary>
    public bool RequirePagingBoundaries { get; init; }
}

/// <summary>Another word for <see cref="UseConnectionAttribute"/>, on a method of the same signature.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UsePagingAttribute : UseConnectionAttribute;

/// <summary>The field takes <c>where</c>, over the <see cref="FilterableAttribute"/> properties of the row.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UseFilteringAttribute : Attribute;

/// <summary>The field takes <c>order</c>, over the <see cref="SortableAttribute"/> properties of the row.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UseSortingAttribute : Attribute;

/// <summary>The property is loaded with whatever else a query selects of the row, because
/// <see cref="Security.IAnswerLog"/> reads it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AlwaysLoadedAttribute : Attribute;

/// <summary>Clients may filter by the property. Give it an index.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilterableAttribute : Attribute;

/// <summary>Clients may sort by the property. Give it an index that ends in the key.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SortableAttribute : Attribute;
