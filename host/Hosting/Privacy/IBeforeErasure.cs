using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>What has to be done before somebody is erased, while their data can still be read: sessions end, doors are
/// closed. Registered by a module for what it knows of people.</summary>
public interface IBeforeErasure
{
    /// <summary>Does it; may come again for the same subject, and for one that the module knows nothing of.</summary>
    /// <param name="district">The district.</param>
    /// <param name="subject">Whose personal data goes: a person, an account, or whatever else has a key.</param>
    /// <param name="actor">Who erases, as an id.</param>
    /// <param name="cancellationToken">Cancels; then nothing is erased.</param>
    Task BeforeErasingAsync(DistrictId district, Guid subject, string actor, CancellationToken cancellationToken);
}
