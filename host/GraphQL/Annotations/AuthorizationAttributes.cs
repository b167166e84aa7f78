namespace K12Hub.GraphQL;

/// <summary>Only callers whom the policy admits get the field; on an object type, every field that returns it.
/// Others get <c>null</c> and an error <c>AUTH_NOT_AUTHORIZED</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Property)]
public sealed class AuthorizeAttribute : Attribute
{
    /// <summary>The policy's name; empty admits everybody who is signed in.</summary>
    public string Policy { get; init; } = "";
}

/// <summary>The root field needs no policy: anybody may ask.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Property)]
public sealed class AllowAnonymousAttribute : Attribute;
