namespace K12Hub.Hosting;

/// <summary>Answers whether a viewer may carry out a command, at all and on this one.</summary>
public interface ICommandPolicy
{
    /// <summary>Decides; asked before anything is loaded, and again with what was.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="policy">The command's policy.</param>
    /// <param name="subject">The folded state; null before it is loaded, and where there is none.</param>
    bool May(Viewer viewer, string policy, object? subject);
}

/// <summary>The permission of the policy's name decides, whatever the command is about.</summary>
internal sealed class PermissionPolicy : ICommandPolicy
{
    public bool May(Viewer viewer, string policy, object? subject) => viewer.May(policy);
}
