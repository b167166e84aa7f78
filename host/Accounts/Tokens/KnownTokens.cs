using System.Collections.Concurrent;
using K12Hub.Hosting;

namespace K12Hub.Accounts;

/// <summary>Tokens that were found a moment ago, so that a program that asks a thousand times a second is not looked up
/// a thousand times. Whatever node revoked one, it opens nothing as soon as this one hears of it
/// (<see cref="TokenWatch"/>), and after <see cref="KeptFor"/> at the latest.</summary>
internal sealed class KnownTokens(TimeProvider time)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan NotedAgain = TimeSpan.FromMinutes(1);

    // Only tokens that hold are kept, by hash: there are as many as were given out.
    private readonly ConcurrentDictionary<string, (Guid Id, Viewer Viewer, DateTimeOffset Until)> known = new(
        StringComparer.Ordinal);

    // Whoever looked one up a moment before it was revoked must not keep it. There are few.
    private readonly ConcurrentDictionary<Guid, bool> revoked = new();

    // What this node wrote; another one may write the same minute once more.
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> used = new();

    /// <summary>Whether it is a minute since it was written down that a token is used.</summary>
    public bool IsUseToBeNoted(Guid id) =>
        !used.TryGetValue(id, out var before) || time.GetUtcNow() - before >= NotedAgain;

    public void UseWasNoted(Guid id) => used[id] = time.GetUtcNow();

    /// <summary>Whom a token stands for; null when it has to be looked up.</summary>
    public (Guid Id, Viewer Viewer)? Find(string hash)
    {
        if (!known.TryGetValue(hash, out var found)) return null;
        if (time.GetUtcNow() < found.Until) return (found.Id, found.Viewer);

        known.TryRemove(hash, out _);
        return null;
    }

    public void Keep(string hash, Guid id, Viewer viewer, DateTimeOffset expiresAt)
    {
        var until = time.GetUtcNow() + KeptFor;
        known[hash] = (id, viewer, until < expiresAt ? until : expiresAt);
        if (revoked.ContainsKey(id)) known.TryRemove(hash, out _);
    }

    /// <summary>It was revoked.</summary>
    public void Forget(Guid id)
    {
        revoked[id] = true;
        foreach (var (hash, found) in known)
        {
            if (found.Id == id) known.TryRemove(hash, out _);
        }
    }
}
