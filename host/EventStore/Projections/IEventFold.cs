namespace K12Hub.EventStore;

/// <summary>A projection that takes events one by one in the order of the log.</summary>
internal interface IEventFold : IProjection
{
    /// <summary>Null when it is called like the view of its only table.</summary>
    string? Name { get; }

    /// <summary>The events it wants.</summary>
    IReadOnlyCollection<Type> EventTypes { get; }

    /// <summary>The rows that must be known before the event is projected.</summary>
    IEnumerable<RowAddress> Reads(RecordedEvent happened);

    /// <summary>What the event changes; nothing is changed yet.</summary>
    IReadOnlyList<RowChange> Project(RecordedEvent happened, RowPage rows);
}

/// <summary>Where a row is.</summary>
internal readonly record struct RowAddress(Type Row, RowKey Key);

/// <summary>A row to store; null deletes what is there. Or a statement, which then stands in the place of a
/// row.</summary>
internal readonly record struct RowChange(RowAddress At, object? Row, RowSql? Sql = null);
