using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Who has to wait while new rows take the place of the old, and where the projection goes on
/// afterwards.</summary>
internal sealed class RebuildSwap(Projector projector, bool inline)
{
    /// <summary>The gate: units of work that write rows hold it shared, from their beginning to their commit. A lock of
    /// two keys, which cannot be mistaken for a writer's announcement.</summary>
    public const string ShareGate = "pg_advisory_xact_lock_shared(20121, 2)";

    private const string CloseGate = "set local lock_timeout = '2s'; select pg_advisory_xact_lock(20121, 2)";

    private const string LockCheckpoints =
        """
        select from es.projections where name like $1 and mode <> 'retired' order by tenant_id, name for update
        """;

    private const string Retire =
        """
        update es.projections set mode = 'retired', failure = null, updated_at = now()
         where name like $1 and mode <> 'retired' and ($3 or name <> $2)
        """;

    private const string Place =
        """
        insert into es.projections (tenant_id, name, position) select t, $1, p from unnest($2, $3) as u(t, p)
        on conflict (tenant_id, name) do update
          set position = excluded.position, mode = 'async', failure = null, updated_at = now()
        """;

    private const string ForgetDeadLetters = "delete from es.dead_letters where projection = $1 and not skipped";

    public bool IsInline => inline;

    private string AllVersions => projector.Name.Replace("_", @"\_", StringComparison.Ordinal) + "@%";

    /// <summary>Waits for those who are at it, two seconds at most, and lets nobody else begin.</summary>
    public async Task HoldUpWritersAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var close = new NpgsqlCommand(inline ? CloseGate : "set local lock_timeout = '2s'", connection);
        await close.ExecuteNonQueryAsync(ct);
        await using var checkpoints = new NpgsqlCommand(LockCheckpoints, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = AllVersions } },
        };
        await checkpoints.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Other versions end here, this one goes on from where its rows are.</summary>
    public async Task MoveCheckpointsAsync(
        NpgsqlConnection connection,
        Dictionary<short, long> reached,
        IReadOnlyDictionary<(short Tenant, long Position), ProjectionFailure> setAside,
        CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new(Retire)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = AllVersions },
                new NpgsqlParameter<string> { TypedValue = projector.Checkpoint },
                new NpgsqlParameter<bool> { TypedValue = inline },
            },
        });
        if (!inline)
        {
            batch.BatchCommands.Add(new(Place)
            {
                Parameters =
                {
                    new NpgsqlParameter<string> { TypedValue = projector.Checkpoint },
                    new NpgsqlParameter<short[]> { TypedValue = [.. reached.Keys] },
                    new NpgsqlParameter<long[]> { TypedValue = [.. reached.Values] },
                },
            });
        }

        batch.BatchCommands.Add(new(ForgetDeadLetters)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = projector.Checkpoint } },
        });
        foreach (var ((tenant, _), failure) in setAside)
        {
            batch.BatchCommands.Add(Checkpoint.DeadLetter(projector, tenant, failure, skipped: false));
        }

        await batch.ExecuteNonQueryAsync(ct);
    }
}
