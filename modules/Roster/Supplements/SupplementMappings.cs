using K12Hub.Contracts;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Keeps what the columns of supplementary files mean, version by version: an old run stays readable, and a
/// new header does not change what was meant.</summary>
internal sealed class SupplementMappings(DocumentStore store, TimeProvider time, ISupplementReader reader)
{
    private const int MostColumns = 100;
    private const int MostWords = 500;

    /// <summary>The mapping that is in force.</summary>
    public async Task<SupplementMapping> FindAsync(DistrictId district, string source, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        return await FindAsync(connection, district, source, ct);
    }

    /// <summary>Puts a mapping into force; the same one again is no new version.</summary>
    public async Task<SupplementRefusal?> MapAsync(
        DistrictId district, string source, IReadOnlyList<SupplementColumn> columns, string? actor,
        CancellationToken ct)
    {
        if (!RosterSupplements.IsSource(source)) return SupplementRefusal.NoSource;
        if (Wrong(columns) is { } wrong) return wrong;

        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var now = await FindAsync(connection, district, source, ct);
        if (SupplementMappingRow.Json(now.Columns) == SupplementMappingRow.Json(columns)) return null;

        var row = new SupplementMappingRow
        {
            Source = source,
            Version = now.Version + 1,
            Mapping = SupplementMappingRow.Json(columns),
            MappedAt = RunRecord.Kept(time.GetUtcNow()),
            MappedBy = actor,
        };
        try
        {
            await using var batch = new NpgsqlBatch(connection);
            RowInsert.Add(batch, store.Options.Tables.For<SupplementMappingRow>(), district, row);
            await batch.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException faster) when (faster.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return SupplementRefusal.MappedMeanwhile;
        }

        var mapped = new BulkEvent(
            SupplementMapped.IdOf(source), SupplementMapped.StreamKind,
            new SupplementMapped(source, row.Version, columns));
        await store.BulkAppend.AppendAsync(connection, district, RosterImport.Of([mapped]), new(actor), ct);
        await transaction.CommitAsync(ct);
        store.Signals.Raise(district);
        return null;
    }

    /// <summary>Why columns cannot be mapped so; null when they can.</summary>
    public SupplementRefusal? Wrong(IReadOnlyList<SupplementColumn> columns) =>
        columns.Count > MostColumns || columns.Sum(column => column.Words.Count) > MostWords
            || columns.Any(column => string.IsNullOrWhiteSpace(column.Column))
            ? SupplementRefusal.TooMuch
            : columns.FirstOrDefault(column => !reader.Fields.Contains(column.Field)) is { } unknown
                ? SupplementRefusal.NoField(unknown.Field, reader.Fields)
                : columns.GroupBy(column => column.Field).FirstOrDefault(same => same.Count() > 1) is { } twice
                    ? SupplementRefusal.FieldTwice(twice.Key)
                    : null;

    private static async Task<SupplementMapping> FindAsync(
        NpgsqlConnection connection, DistrictId district, string source, CancellationToken ct)
    {
        await using var find = connection.Statement(
            $"""
            select version, mapping from {RosterTables.MappingRows} where tenant_id = $1 and source = $2
             order by version desc limit 1
            """,
            district.Value, source);
        await using var row = await find.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new(row.GetInt32(0), SupplementMappingRow.ColumnsOf(row.GetString(1)))
            : SupplementMapping.None;
    }
}
