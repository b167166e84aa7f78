using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>The messages of all districts that are not sent yet: what a dispatcher does to them, and what a person
/// may.</summary>
public sealed class OutboxMessages
{
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _ofOne;
    private readonly TimeProvider _time;
    private readonly AppendSignals _signals;

    internal OutboxMessages(StoreConnections connections, TimeProvider time, AppendSignals signals) =>
        (_source, _ofOne, _time, _signals) = (connections.AllDistricts, connections.Application, time, signals);

    /// <summary>How many are open, by kind.</summary>
    public async Task<IReadOnlyList<OutboxStanding>> StandingAsync(CancellationToken ct)
    {
        await using var command = _source.CreateCommand(
            "select kind, due, leased, waiting, dead, oldest_due from es.outbox_standing($1)");
        command.Parameters.Add(Moment(_time.GetUtcNow()));
        await using var rows = await command.ExecuteReaderAsync(ct);
        var all = new List<OutboxStanding>();
        while (await rows.ReadAsync(ct))
        {
            all.Add(new(
                rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4),
                rows.IsDBNull(5) ? null : rows.GetFieldValue<DateTimeOffset>(5)));
        }

        return all;
    }

    /// <summary>The messages of a district that were given up, the latest first.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<DeadLetter>> DeadAsync(DistrictId tenant, int most, CancellationToken ct)
    {
        await using var command = _ofOne.CreateCommand(
            tenant, "select id, kind, attempts, error, dead_at from es.outbox_dead_letters($1, $2)");
        command.Parameters.Add(Tenant(tenant));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var all = new List<DeadLetter>();
        while (await rows.ReadAsync(ct))
        {
            all.Add(new(
                rows.GetInt64(0), rows.GetString(1), rows.GetInt32(2), rows.IsDBNull(3) ? null : rows.GetString(3),
                rows.GetFieldValue<DateTimeOffset>(4)));
        }

        return all;
    }

    /// <summary>Lets a dead letter be tried again now, as often as a new one.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="message">Which.</param>
    /// <param name="who">The person, as an id.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when the district has no such dead letter.</returns>
    public async Task<bool> RetryAsync(DistrictId tenant, long message, string? who, CancellationToken ct)
    {
        var found = await AskAsync(
            tenant, "select es.outbox_retry($1, $2, $3, $4)", ct,
            Id(message), Moment(_time.GetUtcNow()), Text(who));
        if (found)
        {
            _signals.Raise(tenant);
        }

        return found;
    }

    /// <summary>Says that a dead letter need not be sent any more.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="message">Which.</param>
    /// <param name="who">The person, as an id.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when the district has no such dead letter.</returns>
    public Task<bool> DiscardAsync(DistrictId tenant, long message, string? who, CancellationToken ct) =>
        AskAsync(tenant, "select es.outbox_discard($1, $2, $3)", ct, Id(message), Text(who));

    /// <summary>Takes messages that are due, the longest due first.</summary>
    internal async Task<List<OutboxDelivery>> ClaimAsync(int most, OutboxOptions options, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(
            """
            select id, tenant_id, kind, payload, headers, due_at, attempt, tries
              from es.outbox_claim($1, $2, $3, $4) order by due_at, id
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(Moment(_time.GetUtcNow()));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = options.Lease });
        command.Parameters.Add(Text(options.Node));

        // Not cancelled half-way: what was taken and not heard of would stay leased.
        await using var rows = await command.ExecuteReaderAsync(CancellationToken.None);
        var taken = new List<OutboxDelivery>();
        while (await rows.ReadAsync(CancellationToken.None))
        {
            taken.Add(new(
                rows.GetInt64(0), new(rows.GetInt16(1)), rows.GetString(2), rows.GetString(3),
                rows.GetFieldValue<DateTimeOffset>(5), rows.GetInt32(6), rows.GetInt32(7),
                OutboxHeaders.Read(rows.IsDBNull(4) ? null : rows.GetString(4))));
        }

        ct.ThrowIfCancellationRequested();
        return taken;
    }

    /// <summary>Prolongs leases.</summary>
    /// <returns>The messages that are still the caller's.</returns>
    internal async Task<HashSet<long>> RenewAsync(
        IReadOnlyList<OutboxDelivery> deliveries, TimeSpan lease, CancellationToken ct)
    {
        await using var command = _source.CreateCommand("select * from es.outbox_renew($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. deliveries.Select(d => d.Id)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. deliveries.Select(d => d.Attempt)] });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var kept = new HashSet<long>();
        while (await rows.ReadAsync(ct))
        {
            kept.Add(rows.GetInt64(0));
        }

        return kept;
    }

    /// <summary>Ends an attempt.</summary>
    /// <returns>False when the lease was lost: nothing was changed.</returns>
    internal Task<bool> FinishAsync(
        OutboxDelivery delivery, OutboxEnd end, DateTimeOffset? nextDue, string? code, CancellationToken ct) =>
        AskAsync(
            "select es.outbox_finish($1, $2, $3, $4, $5)", ct,
            Id(delivery.Id), new NpgsqlParameter<int> { TypedValue = delivery.Attempt }, Text(Word(end)),
            Moment(nextDue), Text(code));

    /// <summary>Deletes what was done long enough ago, some at a time.</summary>
    internal async Task<long> PruneAsync(TimeSpan olderThan, CancellationToken ct)
    {
        const int Some = 1_000;
        for (var pruned = 0L; ;)
        {
            await using var command = _source.CreateCommand("select es.outbox_prune($1, $2)");
            command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = olderThan });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Some });
            var gone = (int)(await command.ExecuteScalarAsync(ct))!;
            pruned += gone;
            if (gone < Some)
            {
                return pruned;
            }
        }
    }

    private static string Word(OutboxEnd end) => end switch
    {
        OutboxEnd.Done => "done",
        OutboxEnd.Later => "later",
        OutboxEnd.Dead => "dead",
        _ => "back",
    };

    private async Task<bool> AskAsync(string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = _source.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<bool> AskAsync(
        DistrictId tenant, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = _ofOne.CreateCommand(tenant, sql);
        command.Parameters.Add(Tenant(tenant));
        command.Parameters.AddRange(parameters);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static NpgsqlParameter<long> Id(long message) => new() { TypedValue = message };

    private static NpgsqlParameter<short> Tenant(DistrictId tenant) => new() { TypedValue = tenant.Required };

    private static NpgsqlParameter Moment(DateTimeOffset? moment) => new()
    {
        Value = (object?)moment?.ToUniversalTime() ?? DBNull.Value,
        NpgsqlDbType = NpgsqlDbType.TimestampTz,
    };

    private static NpgsqlParameter Text(string? text) =>
        new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
