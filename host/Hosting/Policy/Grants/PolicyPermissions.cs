namespace K12Hub.Hosting;

/// <summary>What one may be allowed to do about who may what.</summary>
internal static class PolicyPermissions
{
    /// <summary>See who has which role.</summary>
    public const string Read = "policy.read";

    /// <summary>Give roles and take them back.</summary>
    public const string Grant = "policy.grant";

    /// <summary>See who can see an object.</summary>
    public const string Explain = "policy.explain";
}
