using System.Text.Json;
using System.Text.Json.Serialization;
using K12Hub.EventStore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace K12Hub.Hosting;

/// <summary>Copies events that matter to whoever watches over a district into the audit trail, by whatever way they
/// came to be: pages, the API, the command line, a job. Each at least once and in the order of the log; a second copy
/// after a crash has the same position.</summary>
internal sealed partial class EventNoting(
    DocumentStore store, NotedEvents noted, JobsSettings settings, TimeProvider time, ILogger<EventNoting> log)
{
    private const int LockNumber = 20151;
    private const int PageSize = 500;

    // So far behind the log a start looks through again at most.
    private const long LongestWay = 50_000;

    private const string Find = $"select position from {NotedPositionRow.Rows} where tenant_id = $1";

    private const string Keep =
        $"""
        insert into {NotedPositionRow.Rows} (tenant_id, reader, position) values ($1, 'audit', $2)
        on conflict (tenant_id, reader) do update set position = excluded.position
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Dictionary<DistrictId, long> seen = [];

    /// <summary>Copies until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            foreach (var district in settings.DistrictIds) await NoteAsync(district, ct).ConfigureAwait(false);
            await Task.Delay(Pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task NoteAsync(DistrictId district, CancellationToken ct)
    {
        try
        {
            while (await CopyAsync(district, ct).ConfigureAwait(false));
        }
        catch (Exception failure) when (failure is NpgsqlException or AuditException or TimeoutException)
        {
            // Nothing is lost: the position has not moved past what was copied.
            LogFailure(district.Value, failure.GetType().Name);
        }
    }

    /// <summary>Copies a page.</summary>
    /// <returns>True when there may be more.</returns>
    internal async Task<bool> CopyAsync(DistrictId district, CancellationToken ct)
    {
        // Mostly there is nothing new, and looking takes no turn.
        var names = noted.NamesIn(store.Options.Events);
        if (seen.TryGetValue(district, out var before))
        {
            var news = await store.Feed.ReadSettledAsync(district, before, 1, names, ct).ConfigureAwait(false);
            if (news.Events.Count == 0 && news.SettledTo - before < LongestWay) return false;
        }

        var connection = await store.DataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        if (await TakeTurnAsync(connection, district, ct).ConfigureAwait(false) is not { } position) return false;

        var page = await store.Feed.ReadSettledAsync(district, position, PageSize, names, ct).ConfigureAwait(false);
        await Task.WhenAll(page.Events.Select(happened => store.Audit.WriteAsync(district, EntryOf(happened), ct)))
            .ConfigureAwait(false);
        await RunAsync(connection, Keep, ct, district.Value, page.SettledTo).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        seen[district] = page.SettledTo;
        return page.Events.Count == PageSize;
    }

    /// <returns>Where to go on; null while another node is at it.</returns>
    private static async Task<long?> TakeTurnAsync(
        NpgsqlConnection connection, DistrictId district, CancellationToken ct)
    {
        await RunAsync(connection, "select set_config('k12.tenant', $1::text, true)", ct, district.Value)
            .ConfigureAwait(false);
        var isOurs = await RunAsync(
            connection, "select pg_try_advisory_xact_lock($1, $2)", ct, LockNumber, (int)district.Value)
            .ConfigureAwait(false);
        if (isOurs is not true) return null;

        return await RunAsync(connection, Find, ct, district.Value).ConfigureAwait(false) as long? ?? 0;
    }

    private static async Task<object?> RunAsync(
        NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var disposing = command.ConfigureAwait(false);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(ct).ConfigureAwait(false);
    }

    private AuditEntry EntryOf(RecordedEvent happened) => new(AuditKind.Security, happened.Type, "event")
    {
        At = happened.RecordedAt,
        Actor = happened.Metadata.Actor,
        Detail = JsonSerializer.Serialize(
            new { happened.Position, Stream = happened.StreamId, What = noted.Of(happened.Data) }, Json),
    };

    [LoggerMessage(
        1, LogLevel.Error, "Events of district {District} could not be copied into the audit trail ({Exception})")]
    private partial void LogFailure(short district, string exception);
}
