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
internal sealed class PermissionPolicy(PermissionCatalog permissions, RoleCatalog roles) : ICommandPolicy
{
    public bool May(Viewer viewer, string policy, object? subject) => subject switch
    {
        IHasSubject known => Policy.May(viewer, policy, known.Subject),
        IGivesRole gives => viewer.ReachOf(policy).IsDistrict && MayGive(viewer, gives),
        _ => viewer.ReachOf(policy) is { Kind: not ReachKind.None } reach
            && (reach.IsDistrict || (subject is null && permissions.Find(policy)?.Allows(reach.Kind) is true)),
    };

    // A role there is not is refused by the rule, which says so.
    private bool MayGive(Viewer viewer, IGivesRole gives) => gives.Given is not { } role
        || roles.Reaches(role, gives.Scope).All(share => viewer.ReachOf(share.Key).Covers(share.Value));
}
