namespace K12Hub.EventStore.Faults;

/// <summary>Runs the load against stores that are built wrongly, one after the other.</summary>
internal static class WrongDesigns
{
    // A load that ends within seconds misses a rare moment two times in three; one that proves something does not
    // miss it every time.
    private const int Tries = 20;

    /// <summary>Shows that they break.</summary>
    /// <param name="options">The load.</param>
    /// <param name="server">Where.</param>
    /// <param name="scratch">A folder for what the nodes note.</param>
    /// <param name="only">The name of one of them; null for all.</param>
    /// <returns>0 when each of them broke.</returns>
    public static async Task<int> RunAsync(FaultOptions options, FaultServer server, string scratch, string? only)
    {
        var stood = 0;
        foreach (var design in Design.All.Where(design => only is null || design.Name == only))
        {
            var verdict = await TryAsync(options, server, scratch, design);
            if (verdict.Held) stood++;
            Console.WriteLine($"{(verdict.Held ? "STOOD" : "BROKE")} {design.Name}: {verdict}");
        }

        Console.WriteLine(stood == 0
            ? "Every wrong design broke."
            : $"{stood} wrong designs stood the load: it proves nothing about the right one.");
        return stood == 0 ? 0 : 1;
    }

    private static async Task<Verdict> TryAsync(
        FaultOptions options, FaultServer server, string scratch, Design design)
    {
        for (var attempt = 1; ; attempt++)
        {
            var seeded = options with { Seed = options.Seed + attempt - 1 };
            var verdict = await new FaultRun(seeded, server, scratch).RunAsync(design);
            if (!verdict.Held || attempt == Tries) return verdict;
        }
    }
}
