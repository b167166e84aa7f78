namespace K12Hub.OneRoster.Package;

/// <summary>Reads a file once and refuses it when length or check sum are not those announced, or when it changed
/// in the meantime.</summary>
/// <remarks>Reads on the caller's thread, also when asked to read asynchronously: unpacking is work, not waiting,
/// and the disk is read ahead by the system.</remarks>
internal sealed class GuardedStream(
    Stream inner, string file, long length, uint? expectedCrc, Action<int> onRead, Snapshot snapshot) : ReadOnlyStream
{
    private Crc32 crc;
    private long read;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        var count = inner.Read(buffer);
        if (count == 0)
        {
            VerifyEnd();
            return 0;
        }

        read += count;
        if (read > length) throw Damaged("is longer than announced");
        if (expectedCrc is not null) crc.Append(buffer[..count]);
        onRead(count);

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void VerifyEnd()
    {
        snapshot.Verify();
        if (read < length) throw Damaged("ends too early");
        if (expectedCrc is { } expected && crc.Value != expected) throw Damaged("does not match its check sum");
    }

    private RefusedException Damaged(string how)
    {
        snapshot.Verify();

        return new(OneRosterRules.ZipDamaged.Broken(
            $"{file} {how}. Export the package again and send the new one.", file));
    }
}
