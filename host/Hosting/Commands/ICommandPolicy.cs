namespace K12Hub.Hosting;

/// <summary>Answers whether a viewer may carry out a command, at all and on this one.</summary>
public interface ICommandPolicy
{
    /// <summary>Decides; asked before anything is loaded, and again with what was.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="policy">The command's policy.</param>
    /// <param name="subject">The folded state, or the command where there is none; null before it is loaded. A command
    /// that says itself what it is about is asked for besides.</param>
    bool May(Viewer viewer, string policy, object? subject);
}

/// <summary>The permission of the policy's name decides, as far as it goes. Where that is not the whole district, what
/// the command is about has to say so (<see cref="IHasSubject"/>) and to be within reach.</summary>
internal sealed class PermissionPolicy(PermissionCatalog permissions) : ICommandPolicy
{
    public bool May(Viewer viewer, string policy, object? subject) => subject is IHasSubject known
        ? Policy.May(viewer, policy, known.Subject)
        : viewer.ReachOf(policy) is { Kind: not ReachKind.None } reach
            && (reach.IsDistrict || (subject is null && permissions.Find(policy)?.Allows(reach.Kind) is true));
}
