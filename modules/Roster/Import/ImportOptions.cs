namespace K12Hub.Roster;

/// <summary>How a run is to be done.</summary>
/// <param name="Force">Applies the package although a guard would stop it: a person has looked at it.</param>
/// <param name="Source">Key of the source within the district. Ids are made from it: it never changes for a
/// source.</param>
/// <param name="Actor">Who runs it, as an id; null for the schedule.</param>
public sealed record ImportOptions(bool Force = false, string Source = ImportOptions.MainSource, string? Actor = null)
{
    /// <summary>The key of a district's only or first source.</summary>
    public const string MainSource = "sis";
}
