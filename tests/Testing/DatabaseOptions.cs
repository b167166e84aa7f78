using K12Hub.EventStore;

namespace K12Hub.Testing;

/// <summary>How stores of tests reach their database.</summary>
public static class DatabaseOptions
{
    /// <summary>Has a store work as it does in a district: under the role that row-level security binds, beside the
    /// owner of the tables.</summary>
    /// <param name="options">The store's.</param>
    /// <param name="ownerConnectionString">The owner's; null for a store that never connects.</param>
    public static void UseDatabase(this StoreOptions options, string? ownerConnectionString)
    {
        options.OwnerConnectionString = ownerConnectionString;
        options.ConnectionString = ownerConnectionString is null
            ? null
            : TestDatabase.ApplicationOf(ownerConnectionString);
    }
}
