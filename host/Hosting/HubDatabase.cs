namespace K12Hub.Hosting;

/// <summary>How the program reaches PostgreSQL.</summary>
/// <param name="ConnectionString">As the role it works as, for Npgsql.</param>
/// <param name="OwnerConnectionString">As the role that owns the tables, which makes them, makes rows anew and appends
/// in bulk; null where one role does both.</param>
public sealed record HubDatabase(string ConnectionString, string? OwnerConnectionString = null);
