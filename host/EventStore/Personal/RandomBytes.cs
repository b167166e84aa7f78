using System.Security.Cryptography;

namespace K12Hub.EventStore;

/// <summary>Random bytes of the operating system, drawn a page at a time: asking for twelve costs as much as asking for
/// a thousand. Bytes are given out once and then forgotten.</summary>
internal static class RandomBytes
{
    private const int Page = 4_096;

    [ThreadStatic]
    private static byte[]? _page;

    [ThreadStatic]
    private static int _used;

    /// <summary>Fills a few bytes; at most a page.</summary>
    public static void Fill(Span<byte> bytes)
    {
        _page ??= NewPage();
        if (_used + bytes.Length > Page)
        {
            RandomNumberGenerator.Fill(_page);
            _used = 0;
        }

        var taken = _page.AsSpan(_used, bytes.Length);
        taken.CopyTo(bytes);
        taken.Clear();
        _used += bytes.Length;
    }

    private static byte[] NewPage()
    {
        _used = 0;
        return RandomNumberGenerator.GetBytes(Page);
    }
}
