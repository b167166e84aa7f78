using System.Security.Claims;

namespace K12Hub.GraphQL.Security;

/// <summary>Answers whether somebody may use a field. Asked before the resolver, once per policy and request.</summary>
public interface IFieldAuthorization
{
    /// <summary>Decides one policy for one caller.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="policy">The policy named by the field.</param>
    /// <param name="coordinate">The first field that needs the answer, such as <c>Query.students</c>; for logs.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    ValueTask<bool> AuthorizeAsync(
        ClaimsPrincipal user, string policy, string coordinate, CancellationToken cancellationToken);

    /// <summary>Decides one policy about one value, for fields that ask after their resolver. Who does not look at
    /// values answers as for the field.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="policy">The policy named by the field.</param>
    /// <param name="coordinate">The field, such as <c>Query.student</c>; for logs.</param>
    /// <param name="value">What the resolver found; null for nothing.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    ValueTask<bool> AuthorizeAsync(
        ClaimsPrincipal user, string policy, string coordinate, object? value, CancellationToken cancellationToken) =>
        AuthorizeAsync(user, policy, coordinate, cancellationToken);
}
