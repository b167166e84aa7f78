using K12Hub.OneRoster.Package;

namespace K12Hub.OneRoster.Rest.Access;

/// <summary>An answer that is longer than allowed, unpacked.</summary>
internal sealed class TooLongException(long most) : IOException($"The answer is longer than {most} bytes.");

/// <summary>A body that may not be longer than a limit, counted after unpacking.</summary>
internal sealed class LimitedStream(Stream body, long most, Action<int> onRead) : ReadOnlyStream
{
    private long read;

    public override int Read(Span<byte> buffer) => Count(body.Read(buffer));

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await body.ReadAsync(buffer, cancellationToken));

    protected override void Dispose(bool disposing)
    {
        if (disposing) body.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int got)
    {
        read += got;
        if (read > most) throw new TooLongException(most);
        onRead(got);

        return got;
    }
}
