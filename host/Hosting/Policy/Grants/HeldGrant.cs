using Npgsql;

namespace K12Hub.Hosting;

/// <summary>Something an account has that lets it do something.</summary>
/// <param name="Account">The account.</param>
/// <param name="Role">The role; null for permissions alone.</param>
/// <param name="Permissions">Permissions besides.</param>
/// <param name="Scope">What for.</param>
/// <param name="Because">Why, in a sentence.</param>
/// <param name="Since">Since when; null where nobody says.</param>
/// <param name="Opened">Private objects that are open by it.</param>
internal sealed record HeldGrant(
    Guid Account, Role? Role, IReadOnlyList<string> Permissions, Reach Scope, string Because, DateTimeOffset? Since,
    IReadOnlyList<Guid> Opened)
{
    /// <summary>What a source gives; nothing of a role that a later version knows.</summary>
    public static async ValueTask AddToAsync(List<HeldGrant> held, NpgsqlDataReader rows, CancellationToken ct)
    {
        while (await rows.ReadAsync(ct).ConfigureAwait(false))
        {
            var role = rows.IsDBNull(1) ? null : RoleCatalog.Find(rows.GetString(1));
            if (role is null && !rows.IsDBNull(1)) continue;

            held.Add(new(
                rows.GetGuid(0), role, rows.IsDBNull(2) ? [] : rows.GetFieldValue<string[]>(2),
                ScopeOf(role, Ids(3), Ids(4), Ids(5)), rows.GetString(6),
                rows.IsDBNull(7) ? null : rows.GetFieldValue<DateTimeOffset>(7), Ids(8)));
        }

        Guid[] Ids(int column) => rows.GetFieldValue<Guid[]>(column);
    }

    /// <summary>How far a grant goes that names these. One that names nothing goes as far as the district where its
    /// role is given for that, and nowhere else: who has lost her last school has not won all of them.</summary>
    public static Reach ScopeOf(Role? role, Guid[] schools, Guid[] topics, Guid[] people)
    {
        var scope = Reach.AtSchools(schools).And(Reach.InTopics(topics)).And(Reach.Of(people));
        if (scope.Kind is not ReachKind.None) return scope;

        return role is null || role.GivenFor.HasFlag(GrantScope.District) ? Reach.District : Reach.None;
    }

    /// <summary>How far each permission goes by it.</summary>
    public IEnumerable<KeyValuePair<string, Reach>> Reaches(RoleCatalog roles) =>
        (Role is { } role ? roles.Reaches(role, Scope) : Enumerable.Empty<KeyValuePair<string, Reach>>())
            .Concat(Permissions.Select(permission => KeyValuePair.Create(permission, Scope)));
}
