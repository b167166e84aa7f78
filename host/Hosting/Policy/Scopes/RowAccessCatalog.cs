using K12Hub.GraphQL.Types;

namespace K12Hub.Hosting;

/// <summary>What is said of all kinds of rows.</summary>
internal sealed class RowAccessCatalog
{
    private readonly Dictionary<Type, IRowAccess> all = [];
    private readonly List<GuardedColumns> guards = [];
    private string[]? permissions;

    public IEnumerable<IRowAccess> All => all.Values;

    /// <summary>The permissions by which rows are read, in an order that stays.</summary>
    public string[] Permissions => permissions ??=
    [
        .. all.Values.Select(access => access.Permission).Where(permission => permission.Length > 0).Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Columns that are read by permissions of their own.</summary>
    public IReadOnlyList<GuardedColumns> Guards => guards;

    /// <exception cref="ArgumentException">A name is no property of both, which would leave it open; or the rows are
    /// guarded twice.</exception>
    public void Add(GuardedColumns columns)
    {
        var unknown = columns.Columns.Append("Id").FirstOrDefault(name =>
            columns.Row.GetProperty(name)?.PropertyType is not { } type
            || columns.List.GetProperty(name)?.PropertyType != type);
        if (unknown is not null)
        {
            throw new ArgumentException(
                $"{unknown} is not the same property of {columns.Row.Name} and {columns.List.Name}.");
        }

        if (guards.Exists(one => one.Row == columns.Row))
        {
            throw new ArgumentException($"It is said twice which columns of {columns.Row.Name} are guarded.");
        }

        guards.Add(columns);
    }

    public void Add(IRowAccess access)
    {
        if (!all.TryAdd(access.Row, access))
        {
            throw new ArgumentException($"It is said twice who sees {access.Row.Name}.");
        }
    }

    /// <exception cref="InvalidOperationException">Nothing is said of this kind of row.</exception>
    public IRowAccess Of(Type row) => all.GetValueOrDefault(row) ?? throw new InvalidOperationException(
        $"Nobody said who sees {row.Name}. Say it next to its table: hub.Access<{row.Name}>(permission, row => …).");

    /// <summary>Stops the start where what is said cannot be.</summary>
    /// <exception cref="InvalidOperationException">The message names rows.</exception>
    public void Check(PermissionCatalog permissions, Schema schema)
    {
        var shown = schema.Types.OfType<ObjectType>().Select(type => type.RuntimeType).ToHashSet();
        var complaints = all.Values.Where(said => said.Permission.Length > 0)
            .SelectMany(said => Complaints(said, permissions, shown)).ToList();
        if (complaints.Count > 0) throw new InvalidOperationException(string.Join(" ", complaints));
    }

    private IEnumerable<string> Complaints(IRowAccess said, PermissionCatalog permissions, HashSet<Type?> shown)
    {
        var row = said.Row.Name;
        if (permissions.Find(said.Permission) is null)
        {
            yield return $"{row} is read by {said.Permission}, which no module declared.";
            yield break;
        }

        if (said.IsFigures && shown.Contains(said.Row))
        {
            yield return $"{row} is for counting only, and a type shows it.";
        }

        foreach (var way in said.Ways)
        {
            if (way.Other is { } other && !Of(other).Ways.Any(step => step.Kind == way.Kind))
            {
                yield return $"{row} belongs to whom {other.Name} belongs to, which says nothing of {way.Kind}.";
            }
        }
    }
}
