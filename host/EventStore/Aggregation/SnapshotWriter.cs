using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>Takes snapshots: makes them before a unit is sent, so that a state that cannot be one fails the unit, and
/// stores them after it was.</summary>
internal sealed class SnapshotWriter(DocumentStore store, DistrictId tenant)
{
    private const string Take = "select es.take_snapshot($1, $2, $3, $4, $5, $6, $7)";

    /// <summary>The statements for the streams that are due.</summary>
    public List<DueSnapshot> Prepare(List<PendingStream> streams, UnitKeys keys) =>
    [
        .. streams.Where(IsDue).Select(stream => new DueSnapshot(
            stream,
            VersionOf(stream),
            Statement(stream, [.. stream.Subjects.Select(subject => keys.Keys[subject])]))),
    ];

    public async Task StoreAsync(List<DueSnapshot> prepared, CancellationToken ct)
    {
        if (prepared.Count == 0)
        {
            return;
        }

        try
        {
            await using var batch = store.DataSource.CreateBatch();
            batch.BatchCommands.Add(DistrictCommand.Enter(tenant));
            prepared.ForEach(one => batch.BatchCommands.Add(one.Statement));
            await batch.ExecuteNonQueryAsync(ct);
            prepared.ForEach(one => one.Stream.SnapshotVersion = one.Version);
        }
        catch (Exception lost) when (lost is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            // The unit is stored, and that is what was asked for: the next one takes the snapshot.
        }
    }

    private static bool IsDue(PendingStream stream) =>
        stream.Aggregate is { SnapshotsEvery: > 0 and var every } && stream.IsFolded && stream.State is not null
        && VersionOf(stream) - stream.SnapshotVersion >= every;

    private static int VersionOf(PendingStream stream) => stream.ExpectedVersion + stream.Happened.Count;

    private NpgsqlBatchCommand Statement(PendingStream stream, List<SubjectKey> keys)
    {
        var aggregate = stream.Aggregate!;
        var state = SnapshotJson.Write(aggregate, stream.State!, store.Options.Events);
        var place = new SealedPlace(tenant.Required, stream.Id, aggregate.Kind);
        return new(Take)
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = tenant.Required },
                new NpgsqlParameter<Guid> { TypedValue = stream.Id },
                new NpgsqlParameter<short> { TypedValue = aggregate.SnapshotSchema },
                new NpgsqlParameter<Guid> { TypedValue = aggregate.Code },
                new NpgsqlParameter<int> { TypedValue = VersionOf(stream) },
                new NpgsqlParameter<string>
                {
                    TypedValue = StoredSnapshot.Write(state, keys, place),
                    NpgsqlDbType = NpgsqlDbType.Jsonb,
                },
                new NpgsqlParameter<Guid[]> { TypedValue = [.. keys.Select(key => key.Subject)] },
            },
        };
    }
}

/// <summary>A snapshot that is stored once its unit is.</summary>
internal readonly record struct DueSnapshot(PendingStream Stream, int Version, NpgsqlBatchCommand Statement);
