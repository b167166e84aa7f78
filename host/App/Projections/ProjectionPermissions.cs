namespace K12Hub.App;

/// <summary>What one may be allowed to do with projections through the API.</summary>
internal static class ProjectionPermissions
{
    /// <summary>Read how far read tables lag behind, and why one has stopped.</summary>
    public const string Read = "projections.read";
}
