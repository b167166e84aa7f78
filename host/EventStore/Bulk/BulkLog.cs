using Npgsql;

namespace K12Hub.EventStore;

/// <summary>What a bulk append asks of the log, on the caller's connection.</summary>
internal static class BulkLog
{
    // recorded_at is given, not defaulted: a default that is volatile would make COPY insert row by row.
    public const string Columns = $"es.events ({CopyDetour.Names})";

    private const string Announce =
        "select (extract(epoch from clock_timestamp() - '2000-01-01 00:00:00+00') * 1000000)::bigint from es.enter($1)";

    private const string FindPosition =
        "select position from es.events where tenant_id = $1 and stream_id = $2 order by version desc limit 1";

    // In the order in which es.append locks them.
    public static readonly string[] Tables = ["es.streams", "es.events"];

    /// <summary>Has erasures wait until the caller's transaction ends, and makes sure that none went before.</summary>
    public static async Task HoldKeysAsync(
        NpgsqlConnection connection, short tenant, long? erasedBefore, CancellationToken ct)
    {
        if (erasedBefore is not { } before)
        {
            return;
        }

        await using var command = new NpgsqlCommand("select es.hold_all_keys($1, $2)", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = tenant },
                new NpgsqlParameter<long> { TypedValue = before },
            },
        };
        if (!(bool)(await command.ExecuteScalarAsync(ct))!)
        {
            throw new ConcurrencyException("somebody was erased while the events were read", null, null);
        }
    }

    /// <summary>Announces the writer; answers with the database's time in microseconds since 2000.</summary>
    public static async Task<long> AnnounceAsync(NpgsqlConnection connection, short tenant, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Announce, connection)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tenant } },
        };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public static async Task<long> PositionAsync(
        NpgsqlConnection connection, short tenant, Guid lastStream, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(FindPosition, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = tenant },
                new NpgsqlParameter<Guid> { TypedValue = lastStream },
            },
        };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
