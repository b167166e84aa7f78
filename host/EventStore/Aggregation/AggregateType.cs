using System.Reflection;
using System.Security.Cryptography;

namespace K12Hub.EventStore;

/// <summary>One step of a fold; the state is null before the first event.</summary>
internal delegate object? Evolve(Guid streamId, object? state, object happened);

/// <summary>One aggregate: the kind of its streams, its fold, and what is special about it.</summary>
public sealed class AggregateType
{
    private readonly HashSet<string> _ignored = new(StringComparer.Ordinal);

    internal AggregateType(
        Type clrType, string kind, Evolve evolve, Func<Guid, object>? initial, params Module[] code)
    {
        (ClrType, Kind, Evolve, Initial) = (clrType, kind, evolve, initial);
        var modules = code.Prepend(clrType.Module).Distinct().SelectMany(m => m.ModuleVersionId.ToByteArray());
        Code = new(SHA256.HashData([.. modules]).AsSpan(0, 16));
    }

    /// <summary>The folded state.</summary>
    public Type ClrType { get; }

    /// <summary>Stored name of its streams.</summary>
    public string Kind { get; }

    internal Evolve Evolve { get; }

    /// <summary>What the fold begins with; null when it begins with nothing.</summary>
    internal Func<Guid, object>? Initial { get; }

    /// <summary>After how many events a snapshot is taken; 0 for never.</summary>
    internal int SnapshotsEvery { get; private set; }

    /// <summary>Number of the state's shape.</summary>
    internal short SnapshotSchema { get; private set; }

    /// <summary>Identifies the compiled code that folds: another build is another code.</summary>
    internal Guid Code { get; }

    /// <summary>Keeps what a stream folds into, after each so many events that a unit saved. Worth while for streams of
    /// hundreds of events. The state must be the same after being written as JSON and read back, which is checked
    /// before each is stored; what is private and not read back cannot be noticed.</summary>
    /// <param name="events">Events between two snapshots; 10 to 10,000.</param>
    /// <param name="schema">Number of the state's shape; a snapshot of another number, or of another build of the code
    /// that folds, is not used.</param>
    public AggregateType SnapshotEvery(int events, int schema = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(events, 10);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(events, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(schema, 1);
        (SnapshotsEvery, SnapshotSchema) = (events, checked((short)schema));
        return this;
    }

    /// <summary>Goes on without events of these stored names where the program has no record for them: written by a
    /// module that was taken out, or by a newer program. Otherwise an unknown event is an error.</summary>
    public AggregateType IgnoreEvents(params IEnumerable<string> names)
    {
        _ignored.UnionWith(names);
        return this;
    }

    internal bool Ignores(string name) => _ignored.Contains(name);

    internal object? Fold(Guid streamId, object? state, IEnumerable<object> happened) =>
        happened.Where(one => one is not IStoreEvent).Aggregate(state, (folded, one) => Evolve(streamId, folded, one));
}
