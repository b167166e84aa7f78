namespace K12Hub.EventStore.Faults;

internal static class Ids
{
    /// <summary>The same ids from the same seed.</summary>
    public static Guid Next(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
