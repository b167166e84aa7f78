namespace K12Hub.Postgres;

/// <summary>No PostgreSQL can be had here. The message says what to install or change; show it as it is.</summary>
public sealed class PostgresUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
