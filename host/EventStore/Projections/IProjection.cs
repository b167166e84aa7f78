namespace K12Hub.EventStore;

/// <summary>Makes rows of events. Derive from <see cref="SingleStreamProjection{TAggregate, TRow}"/>,
/// <see cref="MultiStreamProjection{TRow, TKey}"/> or <see cref="EventProjection"/>. A projection has no state, no
/// clock and no side effects: its rows can be thrown away and made again.</summary>
public interface IProjection
{
    /// <summary>The row records it writes; their tables are in <see cref="StoreOptions.Tables"/>.</summary>
    IReadOnlyCollection<Type> RowTypes { get; }
}

/// <summary>What happens when an event cannot be projected. Events are tried again in ever smaller pages, until the
/// failing one is alone.</summary>
public enum PoisonPolicy
{
    /// <summary>The projection stops before the event until somebody resumes it or skips the event. For everything
    /// that is counted or that people rely on.</summary>
    Pause,

    /// <summary>The event is put aside, visibly, and the projection goes on. For overviews that are better nearly
    /// right than late.</summary>
    DeadLetter,
}
