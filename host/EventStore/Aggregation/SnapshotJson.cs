using System.Text.Json;

namespace K12Hub.EventStore;

/// <summary>States as JSON.</summary>
internal static class SnapshotJson
{
    public static object Read(AggregateType aggregate, byte[] json, EventMap events) =>
        JsonSerializer.Deserialize(json, aggregate.ClrType, events.Json)!;

    /// <summary>The JSON of a state, after trying that it can be read back.</summary>
    public static byte[] Write(AggregateType aggregate, object state, EventMap events)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(state, aggregate.ClrType, events.Json);
        var again = JsonSerializer.SerializeToUtf8Bytes(Read(aggregate, json, events), aggregate.ClrType, events.Json);
        return json.AsSpan().SequenceEqual(again)
            ? json
            : throw new InvalidOperationException(
                $"{aggregate.ClrType.Name} cannot have snapshots: it is not the same after being written as JSON and "
                + "read back. Give its properties setters or constructor parameters of their names.");
    }
}
