using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Answers what somebody who signed in may do today.</summary>
public interface IViewerGrants
{
    /// <summary>The viewer an account stands for: its district, and what it may do there; nobody gets a permission by
    /// having an account.</summary>
    /// <param name="district">The district of the account.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<Viewer> ViewerOfAsync(DistrictId district, Guid accountId, CancellationToken cancellationToken);
}
