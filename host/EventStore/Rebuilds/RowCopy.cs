using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>Fills an empty table that follows streams by COPY.</summary>
internal sealed class RowCopy : IAsyncDisposable
{
    private readonly NpgsqlBinaryImporter _import;
    private readonly TableMap _map;
    private readonly short _tenant;

    private RowCopy(NpgsqlBinaryImporter import, TableMap map, short tenant) =>
        (_import, _map, _tenant) = (import, map, tenant);

    public static async Task<RowCopy> StartAsync(
        NpgsqlConnection connection, RowTable table, short tenant, CancellationToken ct)
    {
        var columns = TableDdl.List(table.Map.Columns.Select(c => c.Name));
        var import = await connection.BeginBinaryImportAsync(
            $"copy {table.Name} (tenant_id, {columns}, {TableMap.VersionColumn}) from stdin (format binary)", ct);
        import.Timeout = TimeSpan.FromMinutes(10); // Of one wait for the server.
        return new(import, table.Map, tenant);
    }

    public async Task WriteAsync(object row, int version, CancellationToken ct)
    {
        await _import.StartRowAsync(ct);
        await _import.WriteAsync(_tenant, NpgsqlDbType.Smallint, ct);
        foreach (var column in _map.Columns)
        {
            if (column.Getter(row) is { } value)
            {
                await _import.WriteAsync(value, column.DbType, ct);
            }
            else
            {
                await _import.WriteNullAsync(ct);
            }
        }

        await _import.WriteAsync(version, NpgsqlDbType.Integer, ct);
    }

    public async Task CompleteAsync(CancellationToken ct) => await _import.CompleteAsync(ct);

    public ValueTask DisposeAsync() => _import.DisposeAsync();
}
