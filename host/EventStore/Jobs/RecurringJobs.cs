using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>The jobs that are due again and again: which there are, which fire times were carried out, and what came
/// of the last run. When one is due is decided elsewhere; what is owed then stands in the outbox.</summary>
public sealed class RecurringJobs
{
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _ofOne;
    private readonly StoreOptions _options;
    private readonly AppendSignals _signals;

    internal RecurringJobs(StoreConnections connections, StoreOptions options, AppendSignals signals) =>
        (_source, _ofOne, _options, _signals) = (connections.AllDistricts, connections.Application, options, signals);

    /// <summary>All of them, in all districts.</summary>
    public async Task<IReadOnlyList<ScheduledJob>> AllAsync(CancellationToken ct)
    {
        await using var command = _source.CreateCommand(
            "select tenant_id, id, job, cron, time_zone, after, declared from es.job_list()");
        await using var rows = await command.ExecuteReaderAsync(ct);
        var all = new List<ScheduledJob>();
        while (await rows.ReadAsync(ct))
        {
            all.Add(new(
                new(rows.GetInt16(0)), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetString(4),
                rows.GetFieldValue<DateTimeOffset>(5), rows.GetBoolean(6)));
        }

        return all;
    }

    /// <summary>Makes a job known, or changes when it is due. A new schedule counts from now: it is not made up for
    /// what it would have fired before.</summary>
    /// <param name="tenant">The district.</param>
    /// <param name="id">What it is called.</param>
    /// <param name="job">What runs.</param>
    /// <param name="cron">When.</param>
    /// <param name="timeZone">Whose clocks are meant.</param>
    /// <param name="declared">Whether the program itself says so at every start.</param>
    /// <param name="ct">Cancels.</param>
    public Task RegisterAsync(
        DistrictId tenant, string id, string job, string cron, string timeZone, bool declared, CancellationToken ct) =>
        AskAsync(
            tenant, "select es.job_register($1, $2, $3, $4, $5, $6, $7)", ct,
            Text(id), Text(job), Text(cron), Text(timeZone),
            new NpgsqlParameter<bool> { TypedValue = declared }, Moment(_options.Time.GetUtcNow()));

    /// <summary>Forgets a job; runs that are owed already are carried out.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> RemoveAsync(DistrictId tenant, string id, CancellationToken ct) =>
        await AskAsync(tenant, "select es.job_remove($1, $2)", ct, Text(id)) is true;

    /// <summary>Says that a fire time has come: from now on the run is owed. Any number of processes may say so, the
    /// first one wins.</summary>
    /// <param name="job">The job.</param>
    /// <param name="fire">The fire time.</param>
    /// <param name="next">The one after it, for people to see.</param>
    /// <param name="payload">What the message says.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when it was said before, or the job is gone.</returns>
    public async Task<bool> FireAsync(
        ScheduledJob job, DateTimeOffset fire, DateTimeOffset? next, object payload, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(payload);
        var json = new NpgsqlParameter
        {
            Value = JsonSerializer.Serialize(payload, payload.GetType(), _options.Events.Json),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        };
        var owed = await AskAsync(
            job.Tenant, "select es.job_fire($1, $2, $3, $4, $5)", ct,
            Text(job.Id), Moment(fire), Moment(next), json) is true;
        if (owed)
        {
            _signals.Raise(job.Tenant);
        }

        return owed;
    }

    /// <summary>Says when a job is due next, for people to see.</summary>
    public Task NextAsync(ScheduledJob job, DateTimeOffset? next, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(job);
        return AskAsync(job.Tenant, "select es.job_next($1, $2, $3)", ct, Text(job.Id), Moment(next));
    }

    /// <summary>Says what came of a run.</summary>
    /// <param name="tenant">The district.</param>
    /// <param name="id">The job.</param>
    /// <param name="started">When it began.</param>
    /// <param name="outcome">A word: done, failed, dead.</param>
    /// <param name="code">Why not done, as a stable word.</param>
    /// <param name="ct">Cancels.</param>
    public Task RanAsync(
        DistrictId tenant, string id, DateTimeOffset started, string outcome, string? code, CancellationToken ct) =>
        AskAsync(
            tenant, "select es.job_ran($1, $2, $3, $4, $5, $6)", ct,
            Text(id), Moment(started), Moment(_options.Time.GetUtcNow()), Text(outcome), Text(code));

    private async Task<object?> AskAsync(
        DistrictId tenant, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = _ofOne.CreateCommand(tenant, sql);
        command.Parameters.Add(Tenant(tenant));
        command.Parameters.AddRange(parameters);
        return await command.ExecuteScalarAsync(ct);
    }

    private static NpgsqlParameter<short> Tenant(DistrictId tenant) => new() { TypedValue = tenant.Required };

    private static NpgsqlParameter Moment(DateTimeOffset? moment) => new()
    {
        Value = (object?)moment?.ToUniversalTime() ?? DBNull.Value,
        NpgsqlDbType = NpgsqlDbType.TimestampTz,
    };

    private static NpgsqlParameter Text(string? text) =>
        new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
