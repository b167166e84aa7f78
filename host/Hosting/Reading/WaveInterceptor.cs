using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace K12Hub.Hosting;

/// <summary>Takes the command of a query out of EF's hands when the query is part of a wave, and gives it the answer
/// that came with the others'.</summary>
internal sealed class WaveInterceptor : IDbConnectionInterceptor, IDbCommandInterceptor
{
    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result,
        CancellationToken cancellationToken = default) =>
        new(eventData.Context is RowsContext { Wave.IsOpen: true } ? InterceptionResult.Suppress() : result);

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default) =>
        eventData.Context is RowsContext { Wave: { } wave }
            ? AskAsync(wave, command, result, cancellationToken)
            : new(result);

    private static async ValueTask<InterceptionResult<DbDataReader>> AskAsync(
        QueryWave wave, DbCommand command, InterceptionResult<DbDataReader> alone, CancellationToken ct)
    {
        if (await wave.AskAsync(command, ct) is { } answer)
        {
            return InterceptionResult<DbDataReader>.SuppressWithResult(answer);
        }

        // EF believes the connection to be open, and closes it after the query.
        if (command.Connection!.State is ConnectionState.Closed) await command.Connection.OpenAsync(ct);
        return alone;
    }
}
