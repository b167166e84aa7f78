namespace K12Hub.GraphQL.Security;

/// <summary>Texts that callers sent with their SHA-256, bounded in number and in size; the oldest goes first. Their
/// compiled form is kept with that of all others.</summary>
internal sealed class AutomaticDocuments(int maxDocuments, int maxBytes)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, byte[]> documents = new(StringComparer.Ordinal);
    private readonly Queue<string> order = [];
    private long bytes;

    public bool TryGet(ReadOnlySpan<char> id, out ReadOnlyMemory<byte> document)
    {
        lock (gate)
        {
            var known = documents.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out var found);
            document = found;
            return known;
        }
    }

    public void Add(string id, ReadOnlySpan<byte> document)
    {
        if (document.Length > maxBytes) return;

        var kept = document.ToArray();
        lock (gate)
        {
            if (!documents.TryAdd(id, kept)) return;
            order.Enqueue(id);
            bytes += kept.Length;
            while (order.Count > maxDocuments || bytes > maxBytes)
            {
                documents.Remove(order.Dequeue(), out var oldest);
                bytes -= oldest!.Length;
            }
        }
    }
}
