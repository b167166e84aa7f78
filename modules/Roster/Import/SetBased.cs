using Npgsql;

namespace K12Hub.Roster;

/// <summary>Runs statements over whole tables: they take the time they take.</summary>
internal static class SetBased
{
    /// <summary>Runs a statement and tells how many rows it wrote.</summary>
    public static async Task<int> RunAsync(
        this NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = connection.Statement(sql, values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A statement with positional parameters and no time limit.</summary>
    public static NpgsqlCommand Statement(this NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
