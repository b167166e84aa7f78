using System.Runtime.CompilerServices;
using K12Hub.Contracts;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Rows on their way from the database, as records.</summary>
internal sealed class ProvidedPage(
    NpgsqlBatch batch, NpgsqlDataReader rows, ProvidedTable table, int total, Guid? end) : IRosterPage
{
    private Guid? last = end;

    public int Total => total;

    public RosterMark? Mark => last is { } id ? new(id, total) : null;

    public async IAsyncEnumerable<RosterRecord> Records([EnumeratorCancellation] CancellationToken ct)
    {
        var row = new StagedReader(rows);
        while (await row.ReadAsync(ct))
        {
            last = row.Id();
            yield return Record(row, table);
        }
    }

    /// <summary>The record of a row, whose id was read.</summary>
    public static RosterRecord Record(StagedReader row, ProvidedTable table) => table.Read(
        new(row.Text(), row.Flag() ? RecordStatus.ToBeDeleted : RecordStatus.Active, row.InstantOrNull()!.Value), row);

    public async ValueTask DisposeAsync()
    {
        await rows.DisposeAsync();
        await batch.DisposeAsync();
    }
}
