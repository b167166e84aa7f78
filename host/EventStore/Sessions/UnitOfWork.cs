using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>One save as one batch. There is no BEGIN and no COMMIT: PostgreSQL runs everything up to the batch's
/// single Sync as one transaction, so all of it is one round trip and any error undoes all of it.</summary>
internal sealed class UnitOfWork(DocumentStore store, DistrictId tenant, EventMetadata metadata)
{
    private const string SetTenant = "select set_config('k12.tenant', $1, true)";
    private const string ClaimCommand = "select es.claim_command($1, $2, $3)";
    private const string AtGate = $" from {RebuildSwap.ShareGate}";

    private const string Append =
        """
        select bases, last_position
          from es.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """;

    private const string Publish =
        """
        insert into es.outbox (tenant_id, headers, kind, dedupe_key, payload, due_at, subjects)
        select $1, $2, m.kind, m.dedupe_key, m.payload, m.due_at, m.subjects::uuid[]
          from unnest($3, $4, $5, $6, $7) m(kind, dedupe_key, payload, due_at, subjects) on conflict do nothing
        """;

    private readonly short _tenant = tenant.Required;

    /// <summary>The append comes last: the announcement it makes is held only for the insert and the commit.</summary>
    public NpgsqlBatch Build(
        List<PendingStream> streams,
        List<OutboxMessage> messages,
        (Guid Id, string? ResultJson)? command,
        UnitKeys keys)
    {
        var rows = store.Projections.Writes(_tenant, streams).ToList();
        var batch = command is { } claim ? Claim(claim, rows.Count > 0) : Begin(rows.Count > 0);
        if (keys.Statement(_tenant) is { } hold)
        {
            batch.BatchCommands.Add(hold);
        }

        foreach (var write in rows)
        {
            batch.BatchCommands.Add(write);
        }

        if (messages.Count > 0)
        {
            batch.BatchCommands.Add(PublishAll(messages));
        }

        if (streams.Count > 0)
        {
            batch.BatchCommands.Add(AppendAll(streams, keys));
        }

        return batch;
    }

    /// <summary>A batch that names the district, and waits where rows are being put in place of others.</summary>
    public NpgsqlBatch Begin(bool writesRows)
    {
        var batch = store.DataSource.CreateBatch();
        batch.BatchCommands.Add(new(writesRows ? SetTenant + AtGate : SetTenant)
        {
            Parameters = { Text(_tenant.ToString(null, null)) },
        });
        return batch;
    }

    /// <summary>As <see cref="Begin"/>, and claims the command in the same statement.</summary>
    private NpgsqlBatch Claim((Guid Id, string? ResultJson) command, bool writesRows)
    {
        var batch = store.DataSource.CreateBatch();
        batch.BatchCommands.Add(new(writesRows ? ClaimCommand + AtGate : ClaimCommand)
        {
            Parameters = { Tenant(), new NpgsqlParameter<Guid> { TypedValue = command.Id }, Json(command.ResultJson) },
        });
        return batch;
    }

    public static async Task<SaveResult> SendAsync(
        NpgsqlBatch batch, List<PendingStream> streams, CancellationToken ct)
    {
        await using var rows = await batch.ExecuteReaderAsync(ct);
        var versions = new Dictionary<Guid, int>(streams.Count);
        var position = 0L;
        do
        {
            // Only the append answers with two columns; the other results carry nothing.
            if (rows.FieldCount == 2 && await rows.ReadAsync(ct))
            {
                var bases = rows.GetFieldValue<int[]>(0);
                foreach (var (i, stream) in streams.Index())
                {
                    versions.Add(stream.Id, bases[i] + stream.Happened.Count);
                }

                position = rows.GetInt64(1);
            }
        }
        while (await rows.NextResultAsync(ct));

        return new(position, versions);
    }

    private NpgsqlBatchCommand AppendAll(List<PendingStream> streams, UnitKeys keys)
    {
        var happened = streams.Index()
            .SelectMany(s => s.Item.Happened.Select(
                (e, i) => new Happened(s.Index + 1, i + 1, TypeOf(e), e, s.Item.Id)))
            .ToList();
        var now = store.Options.Time.GetUtcNow();
        return new(Append)
        {
            Parameters =
            {
                Tenant(),
                Array(streams, s => s.Id),
                Array(streams, s => s.Aggregate?.Kind ?? ""),
                Array(streams, s => s.ExpectedVersion),
                Array(streams, s => s.Happened.Count),
                Array(streams, s => s.Archive),
                Array(happened, e => e.Stream),
                Array(happened, e => e.Place),
                Array(happened, _ => Guid.CreateVersion7(now)),
                Array(happened, e => e.Type.Name),
                Array(happened, e => (short)e.Type.Schema),
                Jsons(happened, e => Write(e, keys)),
                Text(metadata.Actor),
                Id(metadata.CorrelationId),
                Id(metadata.CausationId),
            },
        };
    }

    private NpgsqlBatchCommand PublishAll(List<OutboxMessage> messages) => new(Publish)
    {
        Parameters =
        {
            Tenant(),
            Json(OutboxHeaders.Write(metadata)),
            Array(messages, m => m.Kind),
            Array(messages, m => m.DedupeKey),
            Jsons(messages, m => m.Payload),
            Array(messages, m => m.DueAt),
            Array(messages, m => $"{{{string.Join(',', m.Subjects)}}}"),
        },
    };

    private string Write(Happened one, UnitKeys keys) => one.Type.Personal.IsEmpty
        ? one.Type.Write(one.Event)
        : Encoding.UTF8.GetString(
            one.Type.WriteSealed(one.Event, new(_tenant, one.StreamId, one.Type.Name), keys.Keys));

    private EventType TypeOf(object happened) => store.Options.Events.Find(happened);

    private NpgsqlParameter<short> Tenant() => new() { TypedValue = _tenant };

    private static NpgsqlParameter<TValue[]> Array<T, TValue>(List<T> items, Func<T, TValue> value) =>
        new() { TypedValue = [.. items.Select(value)] };

    private static NpgsqlParameter<string[]> Jsons<T>(List<T> items, Func<T, string> json) => new()
    {
        TypedValue = [.. items.Select(json)],
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
    };

    private static NpgsqlParameter Text(string? text) =>
        new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Json(string? json) =>
        new() { Value = (object?)json ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static NpgsqlParameter Id(Guid? id) =>
        new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };

    /// <summary>One event with its stream's number and its place among the stream's new events, both from 1.</summary>
    private readonly record struct Happened(int Stream, int Place, EventType Type, object Event, Guid StreamId);
}
