using K12Hub.Contracts;

namespace K12Hub.OneRosterProvider.Asking;

/// <summary>Remembers where pages ended, so that a client that walks a list by offset goes on from there: to count a
/// million rows off for each of a thousand pages would take the square of the time.</summary>
/// <remarks>Two generations of entries: an entry is kept for at least five minutes and at most ten, or until there are
/// very many. One that is gone costs time and nothing else.</remarks>
internal sealed class Walks(TimeProvider time)
{
    private const int Most = 20_000;

    private static readonly TimeSpan age = TimeSpan.FromMinutes(5);

    private readonly Lock turn = new();
    private Dictionary<(string Walk, int Offset), RosterMark> young = [], old = [];
    private DateTimeOffset began = time.GetUtcNow();

    public RosterMark? Find(string walk, int offset)
    {
        lock (turn)
        {
            Age();
            return young.GetValueOrDefault((walk, offset)) ?? old.GetValueOrDefault((walk, offset));
        }
    }

    public void Remember(string walk, int offset, RosterMark mark)
    {
        lock (turn)
        {
            Age();
            young[(walk, offset)] = mark;
        }
    }

    private void Age()
    {
        var now = time.GetUtcNow();
        if (now - began < age && young.Count < Most) return;

        old = now - began < 2 * age ? young : [];
        (young, began) = ([], now);
    }
}
