using System.Data;

namespace K12Hub.EventStore;

/// <summary>Answers small questions about the past: makes the rows of then from the events up to then, in
/// memory.</summary>
internal sealed class RowsAsOf(DocumentStore store)
{
    // Above that the answer is a rebuild into a table of one's own, not a question.
    private const int MostEvents = 10_000;

    public async Task<IReadOnlyList<TRow>> FindAsync<TRow>(DistrictId tenant, long position, CancellationToken ct)
        where TRow : class
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        var table = store.Options.Tables.For<TRow>();
        var projector = store.Projectors.Writing(table)
            ?? throw new InvalidOperationException($"No projection writes {table.View}: its past is not known.");
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        await connection.EnterAsync(tenant, ct);
        if (position > await ProjectorSql.SettledAsync(connection, tenant.Required, ct))
        {
            throw new ArgumentOutOfRangeException(
                nameof(position), $"Position {position} is not settled yet: the answer could change.");
        }

        if (await projector.HasMoreThanAsync(connection, tenant.Required, position, MostEvents, ct))
        {
            throw new ProjectionException(
                $"More than {MostEvents} events lie before position {position}: too many to ask about them like this.");
        }

        var rows = await projector.RowsAsOfAsync(connection, tenant.Required, position, ct);
        return [.. rows.OfType<TRow>()];
    }
}
