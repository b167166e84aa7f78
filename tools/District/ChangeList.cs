using K12Hub.District.Csv;

namespace K12Hub.District;

/// <summary>How many records of a collection came, changed and went.</summary>
public sealed record CollectionChanges(int Added, int Changed, int Ended);

/// <summary>What is different on one day from the day before, as a reader of the packages must find it.</summary>
/// <param name="From">The day before.</param>
/// <param name="To">The day.</param>
/// <param name="Version">Version of the packages; in 1.1 roles are part of the users and change with them.</param>
/// <param name="Counts">By OneRoster's collection names, all eight of them.</param>
public sealed record ChangeList(int From, int To, string Version, IReadOnlyDictionary<string, CollectionChanges> Counts)
{
    /// <summary>Compares the plan's day with the day before, part by part.</summary>
    /// <exception cref="ArgumentException">The version is unknown, or the plan is day 0, which nothing
    /// precedes.</exception>
    public static ChangeList Of(DistrictPlan plan, string version)
    {
        ArgumentOutOfRangeException.ThrowIfZero(plan.Day, nameof(plan));
        var district = GeneratedDistrict.From(plan);
        var collections = OneRosterVersion.Parse(version).Collections(district.Calendar);
        var tallies = collections.ToDictionary(table => table.Name, _ => new Tally());
        foreach (var part in district.Parts())
            foreach (var table in collections) tallies[table.Name].Compare(table, part, plan.Day);

        return new(plan.Day - 1, plan.Day, version, tallies.ToDictionary(pair => pair.Key, pair => pair.Value.Changes));
    }

    private sealed class Tally : IRows
    {
        private readonly Dictionary<string, string> before = [];
        private readonly CsvText text = new();
        private bool today;
        private int added, changed, ended;

        public CollectionChanges Changes => new(added, changed, ended);

        public void Compare(CsvTable table, DistrictPart part, int day)
        {
            today = false;
            table.Write(part, day - 1, this);
            today = true;
            table.Write(part, day, this);
            ended += before.Count;
            before.Clear();
        }

        public void Add(string id, params ReadOnlySpan<string?> cells)
        {
            text.Text.Clear();
            text.Add(id, cells);
            if (!today) before.Add(id, text.Text.ToString());
            else if (!before.Remove(id, out var yesterday)) added++;
            else if (!text.Text.Equals(yesterday)) changed++;
        }
    }
}
