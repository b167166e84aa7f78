using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Conformance;

/// <summary>Suites ask many questions about one schema; the last few are kept.</summary>
internal static class KnownSchemas
{
    private const int Most = 8;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, SchemaResult> BySdl = new(StringComparer.Ordinal);

    public static SchemaResult Get(string sdl)
    {
        lock (Gate)
        {
            if (BySdl.TryGetValue(sdl, out var known)) return known;
        }

        var built = SchemaBuilder.FromSdl(sdl, new DataResolvers(), PlainEvents.Of);
        lock (Gate)
        {
            if (BySdl.Count >= Most) BySdl.Clear();
            BySdl[sdl] = built;
        }

        return built;
    }
}
