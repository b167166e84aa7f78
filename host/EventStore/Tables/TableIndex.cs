namespace K12Hub.EventStore;

/// <summary>One index of a read table.</summary>
/// <param name="Name">Name inside the schema.</param>
/// <param name="Columns">Column names after <c>tenant_id</c>, which always comes first.</param>
/// <param name="Where">Condition of a partial index in SQL; null for all rows.</param>
/// <param name="Unique">Whether two rows of a district may not be equal in these columns.</param>
public sealed record TableIndex(string Name, IReadOnlyList<string> Columns, string? Where, bool Unique);
