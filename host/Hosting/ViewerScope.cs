using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>The viewer of the request, command or job at hand: one per service scope, set where it begins.</summary>
public sealed class ViewerScope
{
    /// <summary>Who asks; nobody until somebody says otherwise.</summary>
    public Viewer Viewer { get; set; } = Viewer.Nobody;

    /// <summary>The viewer's district.</summary>
    /// <exception cref="InvalidOperationException">Nobody signed in: what asked should have had a policy.</exception>
    public DistrictId District => Viewer.District
        ?? throw new InvalidOperationException("There is no district without a viewer. Does the field have a policy?");
}
