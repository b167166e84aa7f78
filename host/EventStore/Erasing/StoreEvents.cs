namespace K12Hub.EventStore;

/// <summary>An event of the store itself: every stream may have it, and no fold sees it.</summary>
internal interface IStoreEvent;

/// <summary>Somebody's key was destroyed: what was encrypted under it reads as empty from now on. In a stream of its
/// own; folds do not see it.</summary>
/// <param name="Subject">The person, as an id.</param>
/// <param name="Reason">Why; never a name.</param>
public sealed record SubjectErased(Guid Subject, string Reason) : IStoreEvent;

/// <summary>What some earlier events of the stream said was replaced. It does not say what it was.</summary>
/// <param name="Events">How many.</param>
/// <param name="Types">Their stored names.</param>
/// <param name="Reason">Why; never a name.</param>
public sealed record EventsMasked(int Events, IReadOnlyList<string> Types, string Reason) : IStoreEvent;

/// <summary>The stream was closed: it can be read, not continued. Its last event, but for
/// <see cref="EventsMasked"/>.</summary>
public sealed record StreamArchived : IStoreEvent;
