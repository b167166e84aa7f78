namespace K12Hub.EventStore;

/// <summary>What a record needs besides, as it is stored: personal words in it are sealed.</summary>
/// <param name="Student">The one student whom the record tells of; null where there are several, or none.</param>
/// <param name="Json">JSON of an object.</param>
public readonly record struct AuditDetail(Guid? Student, string Json);
