using Npgsql;

namespace K12Hub.EventStore;

/// <summary>What a person may see and do about projections.</summary>
public sealed class ProjectionControl
{
    private const string FindStates =
        """
        select n.nth, p.mode, p.failure::text, coalesce(p.position, 0),
               (select count(*) from (select from es.events e
                 where e.tenant_id = $2 and e.position > coalesce(p.position, 0) limit 100000) later),
               (select count(*) from es.dead_letters l where l.tenant_id = $2 and l.projection = n.name),
               coalesce((select max(e.position) from es.events e where e.tenant_id = $2), 0)
          from unnest($1) with ordinality n(name, nth)
               left join es.projections p on p.tenant_id = $2 and p.name = n.name
        """;

    private const string Pause =
        """
        update es.projections set mode = 'paused', updated_at = now()
         where name = $1 and mode = 'async' and tenant_id = $2
        """;

    private const string Resume =
        """
        update es.projections set mode = 'async', failure = null, updated_at = now()
         where name = $1 and mode = 'paused' and tenant_id = $2
        """;

    // The event may not be skipped twice, nor one that the projection has passed: the row is locked and moves on.
    private const string Skip =
        """
        with stopped as (
          update es.projections p
             set mode = 'async', position = (was.failure ->> 'position')::bigint, failure = null, updated_at = now()
            from (select tenant_id, name, failure from es.projections
                   where name = $1 and mode = 'paused' and failure is not null and tenant_id = $2
                     for update) was
           where p.tenant_id = was.tenant_id and p.name = was.name
          returning p.tenant_id, was.failure)
        insert into es.dead_letters (tenant_id, projection, position, stream_id, type, failure, skipped)
        select tenant_id, $1, (failure ->> 'position')::bigint, (failure ->> 'streamId')::uuid, failure ->> 'type',
               failure, true
          from stopped
            on conflict (tenant_id, projection, position) do update set skipped = true
        """;

    private readonly DocumentStore _store;
    private readonly ProjectorSet _projectors;

    internal ProjectionControl(DocumentStore store, ProjectorSet projectors) =>
        (_store, _projectors) = (store, projectors);

    /// <summary>All projections, by name.</summary>
    public IReadOnlyCollection<string> Names =>
        [.. _projectors.All.Select(p => p.Name).Order(StringComparer.Ordinal)];

    /// <summary>How far every projection has come, in every district.</summary>
    public Task<IReadOnlyList<ProjectionStatus>> StatusAsync(CancellationToken ct) => StatusAsync(null, ct);

    /// <summary>How far every projection has come, in one district or, with null, in all.</summary>
    public async Task<IReadOnlyList<ProjectionStatus>> StatusAsync(DistrictId? tenant, CancellationToken ct)
    {
        var all = _projectors.All.OrderBy(p => p.Name, StringComparer.Ordinal).ToList();
        var found = new List<ProjectionStatus>();
        foreach (var district in await DistrictsAsync(tenant, ct))
        {
            found.AddRange(await StatusAsync(all, district, ct));
        }

        // District by district within each projection.
        return [.. found.OrderBy(state => state.Name, StringComparer.Ordinal)];
    }

    private async Task<List<ProjectionStatus>> StatusAsync(
        List<Projector> all, DistrictId district, CancellationToken ct)
    {
        await using var command = _store.DataSource.CreateCommand(district, FindStates);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. all.Select(p => p.Checkpoint)] });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = district.Required });
        await using var row = await command.ExecuteReaderAsync(ct);
        var found = new List<ProjectionStatus>();
        while (await row.ReadAsync(ct))
        {
            var projector = all[(int)row.GetInt64(0) - 1];
            var inline = projector.Lifecycle is ProjectionLifecycle.Inline;
            var paused = !row.IsDBNull(1) && row.GetString(1) == "paused";
            found.Add(new(
                projector.Name,
                projector.Version,
                district,
                inline ? ProjectionMode.Inline : paused ? ProjectionMode.Paused : ProjectionMode.Async,
                row.GetInt64(inline ? 6 : 3),
                inline ? 0 : row.GetInt64(4),
                row.GetInt64(5),
                ProjectionFailure.Read(row.IsDBNull(2) ? null : row.GetString(2))));
        }

        return found;
    }

    /// <summary>The last rebuild of every projection that was rebuilt.</summary>
    public Task<IReadOnlyList<RebuildState>> RebuildsAsync(CancellationToken ct) =>
        RebuildLog.AllAsync(_store.DataSource, ct);

    /// <summary>Stops a projection after the page at hand; its rows stay as they are.</summary>
    /// <param name="name">The projection.</param>
    /// <param name="tenant">In one district, or with null in all.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>In how many districts it was running.</returns>
    /// <exception cref="ArgumentException">There is no such projection, or it is written with the events.</exception>
    public Task<int> PauseAsync(string name, DistrictId? tenant, CancellationToken ct) =>
        RunAsync(Pause, name, tenant, ct);

    /// <summary>Lets a projection go on where it stopped; the event it stopped before is tried again.</summary>
    /// <param name="name">The projection.</param>
    /// <param name="tenant">In one district, or with null in all.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>In how many districts it had stopped.</returns>
    /// <exception cref="ArgumentException">There is no such projection, or it is written with the events.</exception>
    public Task<int> ResumeAsync(string name, DistrictId? tenant, CancellationToken ct) =>
        RunAsync(Resume, name, tenant, ct);

    /// <summary>Lets a projection go on after the event it stopped before, which will never count; what was skipped is
    /// kept in <c>es.dead_letters</c>, and rebuilds of the same version skip it too.</summary>
    /// <param name="name">The projection.</param>
    /// <param name="tenant">In one district, or with null in all.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How many events were skipped: one in each district where it had stopped before one.</returns>
    /// <exception cref="ArgumentException">There is no such projection, or it is written with the events.</exception>
    public Task<int> SkipAsync(string name, DistrictId? tenant, CancellationToken ct) =>
        RunAsync(Skip, name, tenant, ct);

    private async Task<int> RunAsync(string sql, string name, DistrictId? tenant, CancellationToken ct)
    {
        var projector = _projectors.Find(name);
        if (projector.Lifecycle is ProjectionLifecycle.Inline)
        {
            throw new ArgumentException($"{name} is written together with the events: it cannot stop.", nameof(name));
        }

        var changed = 0;
        foreach (var district in await DistrictsAsync(tenant, ct))
        {
            await using var command = _store.DataSource.CreateCommand(district, sql);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projector.Checkpoint });
            command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = district.Required });
            changed += await command.ExecuteNonQueryAsync(ct);
        }

        return changed;
    }

    /// <summary>Those in which something happened: one, or all.</summary>
    private async Task<List<DistrictId>> DistrictsAsync(DistrictId? tenant, CancellationToken ct)
    {
        await using var command = _store.AllDistricts.CreateCommand("select * from es.districts()");
        await using var row = await command.ExecuteReaderAsync(ct);
        var found = new List<DistrictId>();
        while (await row.ReadAsync(ct))
        {
            found.Add(new(row.GetInt16(0)));
        }

        return tenant is { } one ? found.FindAll(district => district == one) : found;
    }
}
