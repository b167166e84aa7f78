using K12Hub.GraphQL.Types;

namespace K12Hub.Hosting;

/// <summary>Compares the policies fields ask for with the permissions modules declared.</summary>
public static class DeclaredPolicies
{
    /// <summary>Stops the start when a field names a policy that nobody declared: it would refuse everybody, and the
    /// cause is a typing error.</summary>
    /// <exception cref="InvalidOperationException">The message names fields and policies.</exception>
    public static void Check(Schema schema, PermissionCatalog permissions)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(permissions);
        var unknown = schema.Types.OfType<TypeWithFields>()
            .SelectMany(type => type.Fields, (type, field) => (Place: $"{type.Name}.{field.Name}", field.Policy))
            .Where(asked => asked.Policy is { Length: > 0 } policy && !permissions.All.ContainsKey(policy))
            .Select(asked => $"{asked.Place} asks for {asked.Policy}")
            .ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidOperationException(
                $"Policies that no module declared with Permission(…): {string.Join("; ", unknown)}.");
        }
    }
}
