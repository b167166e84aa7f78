using K12Hub.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Hosting;

/// <summary>Compares what fields, roles, rows, messages and jobs ask for with the permissions modules
/// declared.</summary>
public static class DeclaredPolicies
{
    /// <summary>Stops the start when anything names a permission that nobody declared, when a role is given more than
    /// it can have, and when what is said of rows cannot be.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="services">The services of the hub.</param>
    /// <exception cref="InvalidOperationException">The message names what is wrong.</exception>
    public static void Check(Schema schema, IServiceProvider services)
    {
        var permissions = services.GetRequiredService<PermissionCatalog>();
        Check(schema, permissions);
        services.GetRequiredService<RoleCatalog>().Check();
        services.GetRequiredService<RowAccessCatalog>().Check(permissions, schema);
        services.GetRequiredService<OutboxKinds>().Check(permissions);
    }

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
