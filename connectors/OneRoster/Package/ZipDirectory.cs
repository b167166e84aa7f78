using System.Buffers.Binary;

namespace K12Hub.OneRoster.Package;

/// <summary>Looks at the end of a zip before the runtime's reader loads its directory into memory: that reader has
/// no limit, so a directory of millions of names would cost gigabytes.</summary>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054B50;
    private const uint LocatorSignature = 0x07064B50;
    private const uint End64Signature = 0x06064B50;
    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int End64Bytes = 56;
    private const int LongestComment = 65_535;

    /// <summary>Bytes of directory allowed for each file; names of OneRoster files need about 80.</summary>
    private const int BytesPerEntry = 1_024;

    /// <exception cref="RefusedException">It is no zip, it is damaged, or its directory is too large.</exception>
    public static void Verify(Stream zip, OneRosterSettings settings)
    {
        var tail = new byte[(int)Math.Min(zip.Length, EndBytes + LocatorBytes + End64Bytes + LongestComment)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        var at = FindEnd(tail);
        if (at < 0) throw NotAZip(zip);

        var (entries, bytes, start, stop) = ReadEnd(tail, at, zip.Length - tail.Length);
        if (entries > (ulong)settings.MaxFiles || bytes > (ulong)settings.MaxFiles * BytesPerEntry)
        {
            throw new RefusedException(OneRosterRules.PackageTooManyFiles.Broken(
                $"The zip holds more than {settings.MaxFiles} files. Send only the OneRoster files."));
        }

        if (start > (ulong)zip.Length || start + bytes != stop) throw Damaged();
    }

    private static int FindEnd(ReadOnlySpan<byte> tail)
    {
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail[at..]) == EndSignature) return at;
        }

        return -1;
    }

    private static (ulong Entries, ulong Bytes, ulong Start, ulong Stop) ReadEnd(
        ReadOnlySpan<byte> tail, int at, long tailStart)
    {
        var end = tail[at..];
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        var bytes = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        var is64 = entries == ushort.MaxValue || bytes == uint.MaxValue || start == uint.MaxValue;
        if (!is64) return (entries, bytes, start, (ulong)(tailStart + at));

        var at64 = at - LocatorBytes - End64Bytes;
        if (at64 < 0
            || BinaryPrimitives.ReadUInt32LittleEndian(tail[(at - LocatorBytes)..]) != LocatorSignature
            || BinaryPrimitives.ReadUInt32LittleEndian(tail[at64..]) != End64Signature)
        {
            throw Damaged();
        }

        var end64 = tail[at64..];
        return (BinaryPrimitives.ReadUInt64LittleEndian(end64[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(end64[40..]),
            BinaryPrimitives.ReadUInt64LittleEndian(end64[48..]),
            (ulong)(tailStart + at64));
    }

    /// <summary>A zip that was cut off still begins like one.</summary>
    private static RefusedException NotAZip(Stream zip)
    {
        Span<byte> head = stackalloc byte[4];
        zip.Position = 0;
        var count = zip.ReadAtLeast(head, 4, throwOnEndOfStream: false);

        return count == 4 && head.StartsWith("PK"u8)
            ? Damaged()
            : new(OneRosterRules.PackageNotZip.Broken(
                "This is not a zip. Give the zip of all OneRoster files, or the folder they are in."));
    }

    private static RefusedException Damaged() => new(OneRosterRules.ZipDamaged.Broken(
        "The zip is cut off or damaged. Export it again and send the new one."));
}
