namespace K12Hub.District;

/// <summary>On which days something that comes again and again happens to one person, household or class.</summary>
internal static class Timeline
{
    /// <summary>The days up to and including <paramref name="until"/>, in order.</summary>
    /// <param name="seed">Whose days.</param>
    /// <param name="every">Days between two occurrences, on average. In a large district one in
    /// <paramref name="every"/> meets it on any day.</param>
    /// <param name="from">The day before the first on which it can happen.</param>
    /// <param name="until">The last day asked for.</param>
    public static IReadOnlyList<int> Days(Seed seed, int every, int from, int until)
    {
        var day = from + seed.For(0).Between(1, every);
        if (day > until) return [];

        var days = new List<int>();
        for (var n = 1; day <= until; n++)
        {
            days.Add(day);
            day += seed.For(n).Between((every / 2) + 1, every + (every / 2));
        }

        return days;
    }
}
