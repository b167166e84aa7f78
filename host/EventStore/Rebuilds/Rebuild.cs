using System.Data;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Makes the rows of a projection anew from the log, beside the ones that are read, and then puts them in
/// their place. Whatever ends it early leaves the old rows as they were; nothing but rows is ever written.</summary>
internal sealed class Rebuild(DocumentStore store, Projector projector, RebuildLog log, ShadowTables shadow)
{
    private const int PageSize = 5_000;
    private const int MostRounds = 10;
    private const int MostSwaps = 60;

    private static readonly TimeSpan BetweenSwaps = TimeSpan.FromMilliseconds(250);

    private readonly SetAsideEvents _setAside = new(projector);
    private readonly Dictionary<short, long> _positions = [];

    private ProjectionPass Pass => new(shadow.Target, RetriesDeadLetters: true, _setAside.Take);

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await FillAsync(ct);
            await log.StepAsync(RebuildStep.CatchingUp, 0, ct);
            await CatchUpAsync(ct);
            await SwapAsync(ct);
        }
        catch (Exception failure)
        {
            await AbandonAsync(failure);
            throw;
        }

        await log.StepAsync(RebuildStep.Done, 0, CancellationToken.None);
    }

    private async Task FillAsync(CancellationToken ct)
    {
        await using var writer = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var reader = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await shadow.CreateSchemasAsync(writer, ct);
        if (projector is not StreamProjector streams)
        {
            await shadow.CreateAsync(writer, bare: false, ct);
            await log.StepAsync(RebuildStep.Filling, await ProjectorSql.LatestAsync(reader, ct), ct);
            await CatchUpOnceAsync(writer, ct);
            return;
        }

        // One transaction: whoever kills us leaves nothing behind.
        await using var transaction = await writer.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        await shadow.CreateAsync(writer, bare: true, ct);
        await log.StepAsync(RebuildStep.Filling, await ProjectorSql.CountAsync(reader, streams.Kind, ct), ct);
        var done = 0L;
        foreach (var tenant in await ProjectorSql.DistrictsAsync(reader, ct))
        {
            done = await CopyAsync(streams, reader, writer, tenant, done, ct);
        }

        await log.StepAsync(RebuildStep.Indexing, 0, ct);
        await shadow.AddKeysAsync(writer, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task<long> CopyAsync(
        StreamProjector streams,
        NpgsqlConnection reader,
        NpgsqlConnection writer,
        short tenant,
        long done,
        CancellationToken ct)
    {
        var settled = await ProjectorSql.SettledAsync(reader, tenant, ct);
        await using var copy = await RowCopy.StartAsync(
            writer, shadow.Target.Table(projector.Tables[0].Row), tenant, ct);
        _setAside.Enter(tenant);
        await foreach (var stream in streams.FoldAllAsync(reader, tenant, settled, Pass, ct))
        {
            if (stream.Row is { } row)
            {
                await copy.WriteAsync(row, stream.Version, ct);
            }

            await log.DoneAsync(++done, ct);
        }

        await copy.CompleteAsync(ct);
        _positions[tenant] = settled;
        return done;
    }

    /// <summary>Adds what happened meanwhile, until there is so little left that writers can wait for it.</summary>
    private async Task CatchUpAsync(CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        for (var round = 0; round < MostRounds && await CatchUpOnceAsync(connection, ct) > 1; round++)
        {
        }
    }

    /// <returns>The most pages a district had.</returns>
    private async Task<int> CatchUpOnceAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var most = 0;
        foreach (var tenant in await ProjectorSql.DistrictsAsync(connection, ct))
        {
            var (pages, settled) = (0, await ProjectorSql.SettledAsync(connection, tenant, ct));
            for (var at = _positions.GetValueOrDefault(tenant); at < settled; pages++)
            {
                var rest = new PageRange(at, settled);
                at = await projector.PageEndAsync(connection, tenant, rest, PageSize, ct);
                await ProjectAsync(connection, tenant, rest with { UpTo = at }, ct);
                _positions[tenant] = at;
                await log.DoneAsync(at, ct);
            }

            most = Math.Max(most, pages);
        }

        return most;
    }

    /// <summary>Rows and page are one statement's or one batch's work: all of it or nothing.</summary>
    private async Task ProjectAsync(NpgsqlConnection connection, short tenant, PageRange page, CancellationToken ct)
    {
        _setAside.Enter(tenant);
        await using var batch = new NpgsqlBatch(connection) { Timeout = RowSql.LongestSeconds };
        foreach (var write in await projector.ProjectAsync(connection, tenant, page, Pass, ct))
        {
            batch.BatchCommands.Add(write);
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Tries until there is a moment in which nobody reads or writes for longer than we may wait.</summary>
    private async Task SwapAsync(CancellationToken ct)
    {
        await log.StepAsync(RebuildStep.Swapping, 0, ct);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TrySwapAsync(ct);
                return;
            }
            catch (PostgresException busy) when (attempt < MostSwaps && busy.SqlState
                is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                await Task.Delay(BetweenSwaps, store.Options.Time, ct);
                await CatchUpAsync(ct);
            }
        }
    }

    private async Task TrySwapAsync(CancellationToken ct)
    {
        var swap = new RebuildSwap(projector, projector.Lifecycle is ProjectionLifecycle.Inline);
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        await swap.HoldUpWritersAsync(connection, ct);
        await PersonalRows.HoldUpErasuresAsync(connection, ct);
        var reached = new Dictionary<short, long>();
        foreach (var tenant in await ProjectorSql.DistrictsAsync(connection, ct))
        {
            var upTo = await ProjectorSql.SettledAsync(connection, tenant, ct);

            // No unit that writes these rows is under way: what it stored can be seen, settled or not.
            var end = swap.IsInline ? long.MaxValue : upTo;
            await ProjectAsync(connection, tenant, new(_positions.GetValueOrDefault(tenant), end), ct);
            await ClearErasedAsync(connection, tenant, ct);
            reached.Add(tenant, upTo);
        }

        await shadow.ForgetAsync(connection, _positions.Keys.Except(reached.Keys), ct);
        await shadow.SwapAsync(connection, ct);
        await swap.MoveCheckpointsAsync(connection, reached, _setAside.All, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>What was read before somebody was erased may be in the new rows.</summary>
    private async Task ClearErasedAsync(NpgsqlConnection connection, short tenant, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        var filled = projector.Tables.Select(map => shadow.Target.Table(map.Row));
        foreach (var clear in PersonalRows.ClearErased(filled, tenant))
        {
            batch.BatchCommands.Add(clear);
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task AbandonAsync(Exception failure)
    {
        try
        {
            await using var connection = await store.OwnerDataSource.OpenConnectionAsync(CancellationToken.None);
            await shadow.DropAsync(connection, CancellationToken.None);
            await log.FailAsync(
                failure is OperationCanceledException ? "It was stopped." : ProjectionFailure.Describe(failure));
        }
        catch (NpgsqlException)
        {
            // The database is gone, and why is being thrown; the next rebuild tidies up before it begins.
            return;
        }
    }
}
