namespace K12Hub.EventStore;

/// <summary>What an installation did.</summary>
/// <param name="Applied">Scripts that ran and tables that were made; empty when the database was up to date.</param>
public sealed record SchemaChanges(IReadOnlyList<string> Applied);
