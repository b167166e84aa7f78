using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Waits until projections have come to a position.</summary>
internal sealed class StaleData(DocumentStore store, ProjectorSet projectors)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private const string FindLatest = "select max(position) from es.events where tenant_id = $1";

    // A projection that has not begun has no row yet.
    private const string FindBehind =
        """
        select n.name, coalesce(p.mode, 'async'), coalesce(p.position, 0)
          from unnest($2) n(name) left join es.projections p on p.tenant_id = $1 and p.name = n.name
         where coalesce(p.position, 0) < $3
        """;

    public async Task WaitAsync(short tenant, long? position, TimeSpan timeout, CancellationToken ct)
    {
        var time = store.Options.Time;
        var (started, wanted) = (time.GetTimestamp(), position ?? await LatestAsync(tenant, ct));
        while (await BehindAsync(tenant, wanted, ct) is { } behind)
        {
            if (behind.IsPaused)
            {
                throw new ProjectionException($"{behind.Name} is paused before position {wanted}.");
            }

            if (time.GetElapsedTime(started) >= timeout)
            {
                throw new TimeoutException(
                    $"{behind.Name} has come to position {behind.Position}, not yet to {wanted}.");
            }

            await Task.Delay(Pause, time, ct);
        }
    }

    private async Task<long> LatestAsync(short tenant, CancellationToken ct)
    {
        await using var command = store.DataSource.CreateCommand(new DistrictId(tenant), FindLatest);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant });
        return await command.ExecuteScalarAsync(ct) as long? ?? 0;
    }

    private async Task<(string Name, bool IsPaused, long Position)?> BehindAsync(
        short tenant, long position, CancellationToken ct)
    {
        await using var command = store.DataSource.CreateCommand(new DistrictId(tenant), FindBehind);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. projectors.Async.Select(p => p.Checkpoint)],
        });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetString(0), row.GetString(1) != "async", row.GetInt64(2)) : null;
    }
}
