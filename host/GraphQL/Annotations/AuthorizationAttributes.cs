namespace K12Hub.GraphQL;

/// <summary>Only callers whom the policy admits, and who have one of the roles, get the field; on an object type,
/// every field that returns it. Others get <c>null</c> and an error <c>AUTH_NOT_AUTHORIZED</c>, or
/// <c>AUTH_NOT_AUTHENTICATED</c> when they did not sign in.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Method
    | AttributeTargets.Property)]
public sealed class AuthorizeAttribute : Attribute
{
    /// <summary>The policy's name; empty admits everybody who is signed in.</summary>
    public string Policy { get; init; } = "";

    /// <summary>Roles of which the caller needs one; none when the policy alone decides.</summary>
    public string[] Roles { get; init; } = [];

    /// <summary>When the policy is asked.</summary>
    public ApplyPolicy Apply { get; init; }
}

/// <summary>When a policy is asked.</summary>
public enum ApplyPolicy
{
    /// <summary>Before the field's resolver, which does not run when the answer is no.</summary>
    BeforeResolver,

    /// <summary>After it, about the value it found: a policy that depends on the object.</summary>
    AfterResolver,

    /// <summary>Before the operation: a no refuses the whole request, and nothing of it runs.</summary>
    Validation,
}

/// <summary>The root field needs no policy: anybody may ask.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Method
    | AttributeTargets.Property)]
public sealed class AllowAnonymousAttribute : Attribute;
