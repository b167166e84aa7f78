namespace K12Hub.EventStore;

/// <summary>The key of one data subject.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Secret">32 bytes; empty once the subject is erased.</param>
/// <param name="Wrapped">How it is to be stored, for a key that was just made.</param>
internal sealed record SubjectKey(Guid Subject, ReadOnlyMemory<byte> Secret, WrappedKey? Wrapped = null)
{
    public bool IsErased => Secret.IsEmpty;

    public static SubjectKey Erased(Guid subject) => new(subject, default);

    public override string ToString() => $"{Subject}{(IsErased ? " (erased)" : "")}";
}

/// <summary>A key as it is stored: encrypted under a key of the ring.</summary>
internal sealed record WrappedKey(string RingKeyId, byte[] Bytes);
