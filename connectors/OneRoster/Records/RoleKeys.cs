namespace K12Hub.OneRoster.Records;

/// <summary>The key of a role that came without one, within its user.</summary>
internal static class RoleKeys
{
    /// <summary>The same for the same user, role and organization, in files as over HTTP.</summary>
    public static string Of(string user, string role, string organization) => $"{user}|{role}|{organization}";
}
