namespace K12Hub.Roster;

/// <summary>A package that was read before.</summary>
/// <param name="ReadAt">When.</param>
/// <param name="IsOld">Whether another package of the source took its place since.</param>
public sealed record KnownPackage(DateTimeOffset ReadAt, bool IsOld);
