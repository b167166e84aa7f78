namespace K12Hub.Roster;

/// <summary>How a run is to be done.</summary>
/// <param name="Source">Key of the source within the district. Ids are made from it: it never changes for a
/// source.</param>
/// <param name="Actor">Who runs it, as an id; null for the schedule.</param>
/// <param name="ProposeOnly">Applies nothing, however little it is: a person looks first.</param>
/// <param name="Checksum">By which the package is known again; null for a source that sends none.</param>
/// <param name="KeysOf">Key of the source whose keys are meant, where a file supplements what that sends; null for
/// the source itself.</param>
public sealed record ImportOptions(
    string Source = ImportOptions.MainSource, string? Actor = null, bool ProposeOnly = false, string? Checksum = null,
    string? KeysOf = null)
{
    /// <summary>The key of a district's only or first source.</summary>
    public const string MainSource = "sis";
}
