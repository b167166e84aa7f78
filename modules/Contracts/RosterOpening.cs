namespace K12Hub.Contracts;

/// <summary>What came of opening a roster package.</summary>
/// <param name="Source">The package, ready to be read; null when it was refused.</param>
/// <param name="Rejections">Why it was refused, each with <see cref="FindingEffect.RunRejected"/>; empty when it was
/// not.</param>
public sealed record RosterOpening(IRosterSource? Source, IReadOnlyList<RosterFinding> Rejections);
