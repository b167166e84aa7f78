namespace K12Hub.StaffDirectory;

/// <summary>What one may be allowed to do with the directory.</summary>
internal static class DirectoryPermissions
{
    /// <summary>Find out what the district helps with, and where to ask.</summary>
    public const string Find = "directory.find";

    /// <summary>Say what the district helps with, and in which words people ask.</summary>
    public const string EditAreas = "directory.areas.edit";

    /// <summary>Say which positions there are.</summary>
    public const string EditPositions = "directory.positions.edit";

    /// <summary>See who has which position where, and who had it.</summary>
    public const string ReadAssignments = "directory.assignments.read";

    /// <summary>Say who has which position where.</summary>
    public const string Assign = "directory.assignments.edit";

    /// <summary>See who is away when, and who stands in.</summary>
    public const string ReadAbsences = "directory.absences.read";

    /// <summary>Say who is away when, and who stands in.</summary>
    public const string EditAbsences = "directory.absences.edit";

    /// <summary>See all chains of contact, also those of staff.</summary>
    public const string ReadChains = "directory.chains.read";

    /// <summary>Say whom people ask, and whom next.</summary>
    public const string EditChains = "directory.chains.edit";
}
