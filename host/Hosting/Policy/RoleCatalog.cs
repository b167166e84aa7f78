namespace K12Hub.Hosting;

/// <summary>What each role may do, and how far: the shares of all modules together.</summary>
/// <remarks>The district administrator has every permission there is, and is given none.</remarks>
public sealed class RoleCatalog
{
    private readonly PermissionCatalog permissions;

    private readonly Dictionary<string, SortedDictionary<string, ReachKind>> shares =
        Roles.All.ToDictionary(role => role.Name, _ => new SortedDictionary<string, ReachKind>(StringComparer.Ordinal));

    internal RoleCatalog(PermissionCatalog permissions) => this.permissions = permissions;

    /// <summary>What a role may do, with how far at most.</summary>
    public IReadOnlyDictionary<string, ReachKind> Of(Role role)
    {
        ArgumentNullException.ThrowIfNull(role);
        return role == Roles.DistrictAdministrator
            ? permissions.All.Keys.ToDictionary(name => name, _ => ReachKind.District, StringComparer.Ordinal)
            : shares[role.Name];
    }

    /// <summary>The role of a name; null when there is none.</summary>
    public static Role? Find(string name) => Roles.All.FirstOrDefault(role => role.Name == name);

    /// <summary>How far each permission of a role goes for somebody who has it for some scope: as far as the role's
    /// share, and no farther than the scope.</summary>
    /// <param name="role">The role.</param>
    /// <param name="scope">What the role was given for.</param>
    public IReadOnlyDictionary<string, Reach> Reaches(Role role, Reach scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Of(role).Select(share => (share.Key, Value: Limit(share.Value, scope)))
            .Where(one => one.Value.Kind != ReachKind.None)
            .ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
    }

    internal void Share(Role role, ReachKind reach, IEnumerable<string> may)
    {
        foreach (var permission in may)
        {
            if (!shares[role.Name].TryAdd(permission, reach))
            {
                throw new ArgumentException($"{role.Title} is given {permission} twice.");
            }
        }
    }

    /// <summary>Stops the start where a role is given what nobody declared, farther than the permission can be limited,
    /// or records of students without a legitimate interest in them.</summary>
    /// <exception cref="InvalidOperationException">The message names roles and permissions.</exception>
    internal void Check()
    {
        var complaints = Roles.All.SelectMany(role => Of(role)
            .Select(share => Complaint(role, permissions.Find(share.Key), share.Key, share.Value))
            .OfType<string>()).ToList();
        if (complaints.Count > 0) throw new InvalidOperationException(string.Join(" ", complaints));
    }

    private static string? Complaint(Role role, PermissionEntry? permission, string name, ReachKind reach)
    {
        if (permission is null) return $"{role.Title} is given {name}, which no module declared.";
        if (!permission.Allows(reach))
        {
            return $"{role.Title} is given {name} for {reach}, which it cannot be limited to.";
        }

        if (permission.NeedsInterest && !role.HasInterest)
        {
            return $"{role.Title} is given {name}, and has no educational interest in records of students.";
        }

        var limits = Limits(role, reach);
        return permission.Allows(limits)
            ? null
            : $"{role.Title} is given {name}, which cannot be limited to {limits} as the role can.";
    }

    /// <summary>What a share comes down to where the role is not given for the whole district.</summary>
    private static ReachKind Limits(Role role, ReachKind share) =>
        ((role.GivenFor & GrantScope.Schools) != 0 && (share & (ReachKind.Schools | ReachKind.District)) != 0
            ? ReachKind.Schools : 0)
        | ((role.GivenFor & GrantScope.Topics) != 0 && (share & (ReachKind.Topics | ReachKind.District)) != 0
            ? ReachKind.Topics : 0);

    private static Reach Limit(ReachKind share, Reach scope)
    {
        if ((share & ReachKind.Aggregate) != 0) return Reach.Aggregate;
        if (scope.IsDistrict) return share is ReachKind.Own ? Reach.None : Reach.District;

        return Reach.AtSchools((share & (ReachKind.Schools | ReachKind.District)) != 0 ? scope.Schools : [])
            .And(Reach.InTopics((share & (ReachKind.Topics | ReachKind.District)) != 0 ? scope.Topics : []))
            .And(Reach.Of((share & ReachKind.Own) != 0 ? scope.People : []));
    }
}
