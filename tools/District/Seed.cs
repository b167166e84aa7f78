using System.Numerics;

namespace K12Hub.District;

/// <summary>A named place in the tree of randomness. Every fact is drawn from the seed of the thing it belongs to, so
/// neither the size of the district nor the order of asking changes it. Integers only: the same on every
/// machine.</summary>
internal readonly record struct Seed(ulong Value)
{
    public Seed For(string name)
    {
        var hash = 14695981039346656037UL ^ Value;
        foreach (var letter in name) hash = (hash ^ letter) * 1099511628211UL;
        return new(Mix(hash));
    }

    public Seed For(long number) => new(Mix(Value + (0x9E3779B97F4A7C15UL * (ulong)(number + 1))));

    /// <summary>The number drawn here; 0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit) => (int)Math.BigMul(Value, (ulong)limit, out _);

    /// <summary>The number drawn here, both ends included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool Percent(int chance) => Below(100) < chance;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    /// <summary>The index drawn when index i is as likely as <paramref name="weights"/>[i].</summary>
    public int Weighted(ReadOnlySpan<int> weights)
    {
        var total = 0;
        foreach (var weight in weights) total += weight;
        var drawn = Below(total);
        for (var i = 0; ; i++)
        {
            if (drawn < weights[i]) return i;
            drawn -= weights[i];
        }
    }

    /// <summary>The finalizer of SplitMix64.</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ BitOperations.RotateRight(z, 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
