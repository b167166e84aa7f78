namespace K12Hub.EventStore;

/// <summary>Writes spooled events as rows of the log.</summary>
internal sealed class EventRows(
    TimeProvider time, short tenant, EventSpool spool, EventMetadata metadata, long recordedAt)
{
    private const int Columns = 11;

    private readonly EventIds _ids = new(time.GetUtcNow());
    private readonly byte[]? _actor = metadata.Actor is null ? null : CopyWriter.Utf8(metadata.Actor);
    private readonly byte[] _stream = new byte[16];

    /// <summary>The stream of the row written last, which is the one with the highest position.</summary>
    public Guid LastStream => new(_stream, bigEndian: true);

    public ValueTask WriteAsync(CopyWriter copy, SpoolRecord record, int version, CancellationToken ct)
    {
        record.StreamIdBytes.CopyTo(_stream);
        var type = spool.Type(record);
        copy.StartRow(Columns);
        copy.Short(tenant);
        copy.Bytes(_stream);
        copy.Int(version);
        copy.Bytes(_ids.Next());
        copy.Bytes(type.Utf8Name);
        copy.Short((short)type.Schema);
        copy.Jsonb(record.Json);
        copy.TextOrNull(_actor);
        copy.Id(metadata.CorrelationId);
        copy.Id(metadata.CausationId);
        copy.Timestamp(recordedAt);
        return copy.EndRowAsync(ct);
    }
}
