using System.Data.Common;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Hosting;

/// <summary>Queries that are asked together: they go to the database in one message, over one connection, and each
/// reads its own answer as it comes, one after the other.</summary>
/// <remarks>A message costs both sides about as much as a small query does. A query that comes too late, that is the
/// only one, or that stands behind one that failed, is asked alone: its failure is then its own.</remarks>
internal sealed class QueryWave(ReadingConnections reading, DistrictId district) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<WaitingQuery> queries = new(2);
    private NpgsqlConnection? connection;
    private NpgsqlBatch? batch;
    private NpgsqlDataReader? reader;
    private int current;
    private bool isSent;

    /// <summary>Whether a query can still come along.</summary>
    public bool IsOpen
    {
        get
        {
            lock (gate) return !isSent;
        }
    }

    /// <summary>The answer to a query; null when it has to ask alone.</summary>
    public Task<DbDataReader?> AskAsync(DbCommand command, CancellationToken ct)
    {
        lock (gate)
        {
            if (isSent) return Task.FromResult<DbDataReader?>(null);

            var query = new WaitingQuery((NpgsqlCommand)command, ct);
            queries.Add(query);
            return query.Answer;
        }
    }

    /// <summary>Sends what has come together. Nothing comes along any more.</summary>
    public void Send()
    {
        lock (gate)
        {
            isSent = true;
        }

        if (queries.Count == 1) queries[0].AskAlone();
        else if (queries.Count > 1) _ = SendAsync();
    }

    /// <summary>The reader of the present answer is done: the next one's turn.</summary>
    public async ValueTask GoOnAsync()
    {
        current++;
        if (current == queries.Count)
        {
            await DisposeAsync();
            return;
        }

        try
        {
            await reader!.NextResultAsync();
        }
        catch (DbException)
        {
            await AskTheRestAloneAsync();
            return;
        }

        AnswerCurrent();
    }

    public async ValueTask DisposeAsync()
    {
        var (answers, sent, used) = (reader, batch, connection);
        (reader, batch, connection) = (null, null, null);
        if (answers is not null) await answers.DisposeAsync();
        if (sent is not null) await sent.DisposeAsync();
        if (used is not null) await used.DisposeAsync();
    }

    private async Task SendAsync()
    {
        try
        {
            var ct = queries[0].Cancelled;
            connection = reading.Connect(district);
            await connection.OpenAsync(ct);
            batch = new NpgsqlBatch(connection) { Timeout = queries.Max(query => query.Timeout) };
            foreach (var query in queries) batch.BatchCommands.Add(query.Take());
            reader = await batch.ExecuteReaderAsync(ct);
        }
        catch (Exception failed) when (failed is DbException or OperationCanceledException)
        {
            await AskTheRestAloneAsync();
            return;
        }
        catch (Exception failed)
        {
            queries.ForEach(query => query.Fail(failed));
            return;
        }

        AnswerCurrent();
    }

    private void AnswerCurrent() => queries[current].Give(new WaveReader(this, reader!));

    /// <summary>One that failed takes the ones behind it along.</summary>
    private async Task AskTheRestAloneAsync()
    {
        try
        {
            await DisposeAsync();
        }
        finally
        {
            // Whatever closing brings: nobody waits for ever.
            for (var i = current; i < queries.Count; i++) queries[i].AskAlone();
        }
    }
}
