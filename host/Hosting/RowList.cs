namespace K12Hub.Hosting;

/// <summary>A list of its own made of a table: some of its rows, some of its columns, another row record.</summary>
/// <param name="Row">The row record of the list; its properties are called as those of the table's.</param>
/// <param name="Of">The row record of the table.</param>
/// <param name="Where">Which rows, in SQL over the table's columns.</param>
public sealed record RowList(Type Row, Type Of, string Where);
