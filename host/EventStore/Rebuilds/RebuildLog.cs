using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>Says how far a rebuild has come: to whoever started it, and to everybody who looks.</summary>
internal sealed class RebuildLog(DocumentStore store, Projector projector, IProgress<RebuildProgress>? progress)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private const string Begin =
        """
        insert into es.rebuilds (projection, version, step) values ($1, $2, $3)
        on conflict (projection) do update set version = excluded.version, step = excluded.step, done = 0, total = 0,
          failure = null, started_at = now(), updated_at = now()
        """;

    private const string Update =
        """
        update es.rebuilds set step = $2, done = $3, total = $4, failure = $5, updated_at = now() where projection = $1
        """;

    private const string FindAll =
        """
        select projection, version, step, done, total, failure #>> '{}', started_at, updated_at
          from es.rebuilds order by projection
        """;

    private RebuildProgress _last = new(projector.Name, projector.Version, RebuildStep.Preparing, 0, 0);
    private long _written;

    public static async Task<IReadOnlyList<RebuildState>> AllAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(FindAll);
        await using var row = await command.ExecuteReaderAsync(ct);
        var found = new List<RebuildState>();
        while (await row.ReadAsync(ct))
        {
            found.Add(new(
                new(
                    row.GetString(0),
                    row.GetInt32(1),
                    Enum.Parse<RebuildStep>(row.GetString(2)),
                    row.GetInt64(3),
                    row.GetInt64(4)),
                row.IsDBNull(5) ? null : row.GetString(5),
                row.GetFieldValue<DateTimeOffset>(6),
                row.GetFieldValue<DateTimeOffset>(7)));
        }

        return found;
    }

    public async Task BeginAsync(CancellationToken ct)
    {
        await using var command = store.OwnerDataSource.CreateCommand(Begin);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projector.Name });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = projector.Version });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = nameof(RebuildStep.Preparing) });
        await command.ExecuteNonQueryAsync(ct);
        progress?.Report(_last);
    }

    /// <summary>Goes on to a step.</summary>
    public async Task StepAsync(RebuildStep step, long total, CancellationToken ct)
    {
        _last = _last with { Step = step, Done = 0, Total = total };
        await WriteAsync(null, ct);
        progress?.Report(_last);
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>Says so once a second at most.</summary>
    public async ValueTask DoneAsync(long done, CancellationToken ct)
    {
        _last = _last with { Done = done };
        if (store.Options.Time.GetElapsedTime(_written) >= Between)
        {
            await WriteAsync(null, ct);
            progress?.Report(_last);
        }
    }

    public async Task FailAsync(string why)
    {
        _last = _last with { Step = RebuildStep.Failed };
        await WriteAsync(why, CancellationToken.None);
        progress?.Report(_last);
    }

    private async Task WriteAsync(string? failure, CancellationToken ct)
    {
        _written = store.Options.Time.GetTimestamp();
        await using var command = store.OwnerDataSource.CreateCommand(Update);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projector.Name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _last.Step.ToString() });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _last.Done });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _last.Total });
        command.Parameters.Add(new()
        {
            Value = failure is null ? DBNull.Value : System.Text.Json.JsonSerializer.Serialize(failure),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        await command.ExecuteNonQueryAsync(ct);
    }
}
