namespace K12Hub.EventStore;

/// <summary>What a rebuild does with events that cannot be projected: it goes on without them, if the projection was
/// added so, or ends.</summary>
internal sealed class SetAsideEvents(Projector projector)
{
    private readonly Dictionary<(short Tenant, long Position), ProjectionFailure> _all = [];
    private short _tenant;

    public IReadOnlyDictionary<(short Tenant, long Position), ProjectionFailure> All => _all;

    /// <summary>What follows is of this district.</summary>
    public void Enter(short tenant) => _tenant = tenant;

    public void Take(PoisonEvent happened, Exception cause)
    {
        var failure = ProjectionFailure.Of(happened, cause);
        if (projector.OnPoison is PoisonPolicy.Pause)
        {
            throw new ProjectionException(
                $"{projector.Name} cannot be rebuilt: event {happened.Type} at position {happened.Position}: "
                + failure.Message,
                cause);
        }

        _all[(_tenant, happened.Position)] = failure;
    }
}
