using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace K12Hub.Postgres;

/// <summary>The role the program works as: one that owns nothing and that row-level security binds.</summary>
public static class ApplicationRole
{
    private const int SaltBytes = 16;
    private const int Iterations = 4096; // PostgreSQL's own default.

    // Said one by one, so that nothing depends on what a server gives a new role.
    private const string Attributes =
        "login nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit";

    /// <summary>Makes the role that a connection string names, with the password it names, unless there is one of that
    /// name: what a server has stays as it is.</summary>
    /// <param name="ownerConnectionString">Whoever may make roles.</param>
    /// <param name="connectionString">The role's own.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Whether it was made.</returns>
    public static async Task<bool> CreateAsync(
        string ownerConnectionString, string connectionString, CancellationToken ct)
    {
        var wanted = new NpgsqlConnectionStringBuilder(connectionString);
        var owner = new NpgsqlConnectionStringBuilder(ownerConnectionString);
        if (wanted is not { Username: { Length: > 0 } name, Password: { Length: > 0 } password }
            || name == owner.Username)
        {
            return false;
        }

        await using var connection = new NpgsqlConnection(ownerConnectionString);
        await connection.OpenAsync(ct).ConfigureAwait(false);
        await using var ask = new NpgsqlCommand(
            "select exists (select from pg_roles where rolname = $1)", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = name } },
        };
        if (await ask.ExecuteScalarAsync(ct).ConfigureAwait(false) is true)
        {
            return false;
        }

        return await TryMakeAsync(connection, name, password, ct).ConfigureAwait(false);
    }

    /// <summary>Gives a role of our own the password that a connection string names.</summary>
    internal static async Task ResetAsync(string ownerConnectionString, string connectionString, CancellationToken ct)
    {
        var wanted = new NpgsqlConnectionStringBuilder(connectionString);
        await using var connection = new NpgsqlConnection(ownerConnectionString);
        await connection.OpenAsync(ct).ConfigureAwait(false);
        await using var alter = new NpgsqlCommand(
            $"alter role {Quote(wanted.Username!)} {Attributes} password '{Verifier(wanted.Password!)}'", connection);
        await alter.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <returns>False when somebody else has made it meanwhile.</returns>
    private static async Task<bool> TryMakeAsync(
        NpgsqlConnection connection, string name, string password, CancellationToken ct)
    {
        try
        {
            await using var make = new NpgsqlCommand(
                $"create role {Quote(name)} {Attributes} password '{Verifier(password)}'", connection);
            await make.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException there) when (there.SqlState
            is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <summary>What PostgreSQL would store of a password (SCRAM-SHA-256, RFC 5803): the password itself is in no
    /// statement, and so in no log.</summary>
    private static string Verifier(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}"
            + $"${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
