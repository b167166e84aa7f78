using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>A role somebody has without having been given it, for as long as its cause holds.</summary>
/// <param name="Role">The role.</param>
/// <param name="Scope">What for.</param>
/// <param name="Because">Why, in a sentence.</param>
public sealed record DerivedGrant(Role Role, Reach Scope, string Because);

/// <summary>Derives roles of accounts from what else is known of them: a principal of a school, the guardian of a
/// child. Asked anew for each request, so that a role ends with its cause.</summary>
public interface IDerivedGrants
{
    /// <summary>The roles an account has now.</summary>
    /// <param name="district">The district of the account.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<IReadOnlyList<DerivedGrant>> OfAsync(
        DistrictId district, Guid accountId, CancellationToken cancellationToken);
}
