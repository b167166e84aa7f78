using System.Text;
using K12Hub.OneRoster.Csv;
using K12Hub.OneRoster.Rest.Walking;
using K12Hub.OneRoster.Rest.Wire;

namespace K12Hub.OneRoster.Rest;

/// <summary>The keys of a collection, to find what a reference means that is written otherwise than the key: in another
/// case, or in braces. Only one key may fit, and an exact one always wins.</summary>
/// <remarks>The loose spellings are gathered only when a first reference does not fit exactly: where it all fits, as
/// nearly everywhere, keys cost eight bytes each.</remarks>
internal sealed class ReferenceIndex(WireTable table, Spool spool)
{
    private KeySet? exact;
    private Dictionary<string, string?>? loose;

    /// <summary>The key a reference means; the reference itself when none fits, or several.</summary>
    public string Resolve(string reference)
    {
        exact ??= Exact();
        if (exact.Contains(HashOf(reference))) return reference;
        loose ??= Loose();

        return loose.GetValueOrDefault(Folded(reference)) ?? reference;
    }

    private KeySet Exact()
    {
        var keys = new KeySet();
        foreach (var cells in Rows())
        {
            var key = cells.Cell(table.Columns.Key);
            keys.Add(key.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? HashOf(Text(cells)) : KeySet.Hash(key));
        }

        return keys;
    }

    private Dictionary<string, string?> Loose()
    {
        var keys = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var cells in Rows())
        {
            var key = Text(cells);
            var folded = Folded(key);
            keys[folded] = keys.TryGetValue(folded, out var other) && other != key ? null : key;
        }

        return keys;
    }

    private string Text(SpooledCells cells) =>
        TextCleaning.Clean(Encoding.UTF8.GetString(cells.Cell(table.Columns.Key)));

    private IEnumerable<SpooledCells> Rows()
    {
        var cells = new SpooledCells(spool.Mark.Sent);
        foreach (var (bytes, start, line) in spool.Rows())
        {
            cells.Take(bytes, start, table.Columns.All.Count, line);
            yield return cells;
        }
    }

    private static ulong HashOf(string key)
    {
        Span<byte> bytes = stackalloc byte[1_024];

        return Encoding.UTF8.TryGetBytes(key, bytes, out var length)
            ? KeySet.Hash(bytes[..length])
            : KeySet.Hash(Encoding.UTF8.GetBytes(key));
    }

    private static string Folded(string key) => key.Trim().Trim('{', '}').ToUpperInvariant();
}
