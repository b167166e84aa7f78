using Npgsql;

namespace K12Hub.EventStore;

/// <summary>What a rebuild asks of the log.</summary>
internal static class ProjectorSql
{
    public static async Task<IReadOnlyList<short>> DistrictsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select * from es.districts()", connection);
        await using var row = await command.ExecuteReaderAsync(ct);
        var found = new List<short>();
        while (await row.ReadAsync(ct))
        {
            found.Add(row.GetInt16(0));
        }

        return found;
    }

    /// <summary>A statement of its own: what is read next sees everything up to there.</summary>
    public static async Task<long> SettledAsync(NpgsqlConnection connection, short tenant, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select es.settled($1)", connection)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tenant } },
        };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Streams of a kind.</summary>
    public static async Task<long> CountAsync(NpgsqlConnection connection, string kind, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select count(*) from es.streams where kind = $1", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = kind } },
        };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The last position handed out.</summary>
    public static async Task<long> LatestAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select last_value from es.position_seq", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
