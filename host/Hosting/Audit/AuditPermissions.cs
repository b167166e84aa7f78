namespace K12Hub.Hosting;

/// <summary>What one may be allowed to do with the audit trail.</summary>
internal static class AuditPermissions
{
    /// <summary>Read who saw what of whom.</summary>
    public const string Read = "audit.read";
}
