namespace K12Hub.EventStore;

/// <summary>What an installation did.</summary>
/// <param name="Applied">Scripts that ran and tables that were made; empty when the database was up to date.</param>
public sealed record SchemaChanges(IReadOnlyList<string> Applied)
{
    /// <summary>What whoever runs the database should know; empty when all is as it should be.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}
