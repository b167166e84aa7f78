using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Tells who answers for what is done under an id that is not a person's: whoever gave a token out answers for
/// what is done with it. Registered by a module for the ids it gives.</summary>
public interface IPersonBehind
{
    /// <summary>Finds the person.</summary>
    /// <param name="district">The district.</param>
    /// <param name="viewer">Id of a viewer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Id of the person; the same id where it is a person's, or nobody's that the module knows.</returns>
    ValueTask<string> FindAsync(DistrictId district, string viewer, CancellationToken cancellationToken);
}
