using System.Data;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>One page of one projection in one district: one transaction.</summary>
internal sealed class ProjectionStep(NpgsqlDataSource source)
{
    /// <summary>Projects the next events, at most so many.</summary>
    /// <exception cref="PageFailedException">The events could not be projected; nothing was written.</exception>
    public async Task<StepResult> RunAsync(Projector projector, short tenant, int limit, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        if (await Checkpoint.LockAsync(connection, projector, tenant, ct) is not { } settled)
        {
            return StepResult.NotOurs;
        }

        if (settled.UpTo <= settled.After)
        {
            return StepResult.UpToDate;
        }

        try
        {
            var upTo = await projector.PageEndAsync(connection, tenant, settled, limit, ct);
            var page = settled with { UpTo = upTo };
            var writes = await projector.ProjectAsync(connection, tenant, page, new(projector.Live), ct);
            await Checkpoint.MoveAsync(connection, projector, tenant, upTo, writes, ct);
            await transaction.CommitAsync(ct);
            return new(true, settled.UpTo - upTo);
        }
        catch (Exception failure) when (IsTheEvents(failure))
        {
            throw new PageFailedException(settled.After, failure);
        }
    }

    /// <summary>Stops the projection before the event that cannot be projected, or puts the event aside.</summary>
    /// <returns>What happened to it; null when somebody else has taken the projection over meanwhile.</returns>
    public async Task<ProjectionFailure?> SetAsideAsync(
        Projector projector, short tenant, PageFailedException failed, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        if (await Checkpoint.LockAsync(connection, projector, tenant, ct) is not { } settled
            || settled.After != failed.After
            || await projector.FirstAsync(connection, tenant, settled, ct) is not { } happened)
        {
            return null;
        }

        var failure = ProjectionFailure.Of(happened, failed.InnerException!);
        if (projector.OnPoison is PoisonPolicy.Pause)
        {
            await Checkpoint.PauseAsync(connection, projector, tenant, failure, ct);
        }
        else
        {
            var aside = Checkpoint.DeadLetter(projector, tenant, failure, skipped: false);
            await Checkpoint.MoveAsync(connection, projector, tenant, happened.Position, [aside], ct);
        }

        await transaction.CommitAsync(ct);
        return failure;
    }

    /// <summary>Whether trying again without some of the events may help. Everything around us (connections, locks,
    /// disk, missing tables) is not theirs.</summary>
    private static bool IsTheEvents(Exception failure) => failure switch
    {
        PostgresException refused => refused.SqlState is ['2', '2' or '3', ..] or ['5', '4', ..] or ['P', '0', ..],
        NpgsqlException or OperationCanceledException or ObjectDisposedException => false,
        TimeoutException or IOException or OutOfMemoryException => false,
        _ => true,
    };
}

/// <summary>What a step did.</summary>
/// <param name="Moved">Whether there was a page.</param>
/// <param name="Left">Positions that are settled and not projected yet.</param>
internal readonly record struct StepResult(bool Moved, long Left)
{
    /// <summary>Somebody else is at it, or it is paused.</summary>
    public static StepResult NotOurs => default;

    public static StepResult UpToDate => default;
}

/// <summary>Events could not be projected.</summary>
internal sealed class PageFailedException(long after, Exception cause) : Exception("A page failed.", cause)
{
    /// <summary>The position of the last event before them.</summary>
    public long After { get; } = after;
}
