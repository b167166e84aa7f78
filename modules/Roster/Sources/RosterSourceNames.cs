namespace K12Hub.Roster;

/// <summary>The sources the installation knows of, whether they ever sent anything or not.</summary>
/// <param name="Names">Their keys, in small letters.</param>
public sealed record RosterSourceNames(IReadOnlyList<string> Names);
