using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace K12Hub.GraphQL.Planning;

/// <summary>
/// Keeps valid documents by their bytes, bounded in number and in size. When it is full, a hand goes round and drops
/// the first document that nobody asked for since the hand last passed (the clock algorithm).
/// </summary>
internal sealed class DocumentCache(int maxDocuments, int maxBytes)
{
    private readonly ConcurrentDictionary<byte[], Entry> entries = new(BytesComparer.Instance);
    private readonly Lock gate = new();
    private readonly LinkedList<Entry> clock = [];
    private long bytes;

    public int Count => entries.Count;

    /// <summary>Bytes of text of what is kept.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    public bool TryGet(ReadOnlySpan<byte> document, [NotNullWhen(true)] out PreparedDocument? prepared)
    {
        prepared = null;
        if (!entries.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(document, out var entry)) return false;
        entry.WasUsed = true;
        prepared = entry.Prepared;
        return true;
    }

    /// <summary>Keeps a document, unless it alone would take more than a quarter of the room.</summary>
    public void Add(ReadOnlySpan<byte> document, PreparedDocument prepared)
    {
        if (document.Length > maxBytes / 4) return;

        var entry = new Entry(document.ToArray(), prepared);
        lock (gate)
        {
            if (!entries.TryAdd(entry.Document, entry)) return;
            clock.AddLast(entry);
            bytes += entry.Document.Length;
            while (clock.Count > maxDocuments || bytes > maxBytes) DropOne();
        }
    }

    private void DropOne()
    {
        while (true)
        {
            var entry = clock.First!.Value;
            clock.RemoveFirst();
            if (!entry.WasUsed)
            {
                entries.TryRemove(entry.Document, out _);
                bytes -= entry.Document.Length;
                return;
            }

            entry.WasUsed = false;
            clock.AddLast(entry);
        }
    }

    private sealed class Entry(byte[] document, PreparedDocument prepared)
    {
        public byte[] Document { get; } = document;

        public PreparedDocument Prepared { get; } = prepared;

        public bool WasUsed { get; set; }
    }

    // Hash codes are seeded anew in every process, so nobody can prepare documents that collide.
    private sealed class BytesComparer
        : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly BytesComparer Instance = new();

        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public int GetHashCode(byte[] document) => GetHashCode(document.AsSpan());

        public bool Equals(ReadOnlySpan<byte> left, byte[] right) => left.SequenceEqual(right);

        public int GetHashCode(ReadOnlySpan<byte> document)
        {
            var hash = new HashCode();
            hash.AddBytes(document);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> document) => document.ToArray();
    }
}
