namespace K12Hub.EventStore;

/// <summary>Somebody's key was destroyed: what was encrypted under it reads as empty from now on. In a stream of its
/// own; folds do not see it.</summary>
/// <param name="Subject">The person, as an id.</param>
/// <param name="Reason">Why; never a name.</param>
public sealed record SubjectErased(Guid Subject, string Reason);
