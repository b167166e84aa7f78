namespace K12Hub.StaffDirectory;

/// <summary>What a position is called in one language.</summary>
/// <param name="Language">en or es.</param>
/// <param name="Text">What it is called.</param>
public sealed record PositionTitle(string Language, string Text);
