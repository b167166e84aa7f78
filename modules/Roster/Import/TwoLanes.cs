using Npgsql;

namespace K12Hub.Roster;

/// <summary>Looks at the kinds of a roster on both connections at once: what is about enrollments, half of all rows,
/// and about classes, which they follow, on the main one, all else on the second.</summary>
internal static class TwoLanes
{
    /// <summary>Does something about each item, in order within a lane.</summary>
    /// <param name="area">The connections; nothing else may use them meanwhile.</param>
    /// <param name="items">What is looked at.</param>
    /// <param name="kindOf">The kind an item is about.</param>
    /// <param name="look">Looks, on the connection it is given, and touches nothing that the other lane might.</param>
    /// <returns>What came of each, in the order of the items.</returns>
    public static async Task<IReadOnlyList<TFound>> LookAsync<TItem, TFound>(
        StagingArea area, IEnumerable<TItem> items, Func<TItem, RosterKind> kindOf,
        Func<TItem, NpgsqlConnection, Task<TFound>> look)
    {
        var all = items.ToList();
        var found = new TFound[all.Count];
        await Task.WhenAll(LookAsync(area.Main, isMain: true), LookAsync(area.Second, isMain: false));
        return found;

        async Task LookAsync(NpgsqlConnection connection, bool isMain)
        {
            for (var i = 0; i < all.Count; i++)
            {
                if (IsOfMain(kindOf(all[i])) == isMain) found[i] = await look(all[i], connection);
            }
        }
    }

    private static bool IsOfMain(RosterKind kind) => kind == RosterKinds.Enrollments || kind == RosterKinds.Classes;
}
