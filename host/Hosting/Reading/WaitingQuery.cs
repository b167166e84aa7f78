using System.Data.Common;
using Npgsql;

namespace K12Hub.Hosting;

/// <summary>A query that waits for its part of a wave's answer.</summary>
internal sealed class WaitingQuery(NpgsqlCommand command, CancellationToken ct)
{
    // Goes on where it is answered: that thread has nothing else to do.
    private readonly TaskCompletionSource<DbDataReader?> answer = new();
    private NpgsqlBatchCommand? taken;

    /// <summary>Null when it has to ask alone.</summary>
    public Task<DbDataReader?> Answer => answer.Task;

    public CancellationToken Cancelled => ct;

    /// <summary>In seconds, 0 for none.</summary>
    public int Timeout => command.CommandTimeout;

    /// <summary>Its text and values as part of a batch.</summary>
    public NpgsqlBatchCommand Take()
    {
        taken = new NpgsqlBatchCommand(command.CommandText);
        Move(command.Parameters, taken.Parameters);
        return taken;
    }

    public void Give(DbDataReader reader) => answer.SetResult(reader);

    public void AskAlone()
    {
        if (taken is not null) Move(taken.Parameters, command.Parameters);
        answer.SetResult(null);
    }

    public void Fail(Exception failed) => answer.SetException(failed);

    // A parameter is in one collection at a time.
    private static void Move(NpgsqlParameterCollection from, NpgsqlParameterCollection to)
    {
        NpgsqlParameter[] values = [.. from.Cast<NpgsqlParameter>()];
        from.Clear();
        foreach (var value in values) to.Add(value);
    }
}
