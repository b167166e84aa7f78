using K12Hub.Contracts;
using K12Hub.OneRoster.Rest.Access;
using K12Hub.OneRoster.Rest.Wire;

namespace K12Hub.OneRoster.Rest.Walking;

/// <summary>Brings a whole collection into its spool. Rows that come and go while it is read make pages overlap or
/// leave rows out: then it is read again, and what cannot be had whole twice in a row is not used to end
/// anything.</summary>
internal sealed class CollectionWalk(WireTable table, RestClient client, SourceProfile profile,
    SourceAbilities abilities, Spool spool, Pauses pauses, OneRosterSettings limits)
{
    private const int MostRestarts = 3;

    private readonly List<int> skipped = [];

    public async Task<WalkEnd> RunAsync(CancellationToken ct)
    {
        if (spool.Mark.End is { } known) return known;
        if (spool.Mark.Rows > 0 && spool.Mark.Filtered != abilities.Since is not null) spool.Reset();

        PassResult? before = null;
        for (var restarts = 0; ;)
        {
            var pass = new WalkPass(table, client, profile, abilities, spool, pauses, limits, skipped);
            var result = await pass.RunAsync(ct);
            if (result.End is { } end) return Ended(end);
            if (!result.AskedWrongly && (result.IsClean || result.IsSameAs(before))) return Ended(Whole(result));
            if (!result.AskedWrongly && ++restarts > MostRestarts) return Unstable();
            before = result.AskedWrongly ? null : result;
            spool.Reset();
            skipped.Clear();
        }
    }

    private WalkEnd Whole(PassResult result)
    {
        var notes = skipped.Select(place => OneRosterRules.RestRowSkipped.Broken(
            $"The source fails (500) at row {place} of {table.Collection}; it is left out. Tell its support.",
            table.Collection, place)).ToList();
        var mode = spool.Mark.Filtered ? CollectionMode.Delta : CollectionMode.Bulk;
        if (result.Total is { } total && (total != result.Distinct + result.Skipped) && mode is CollectionMode.Bulk)
        {
            mode = CollectionMode.Delta;
            notes.Add(OneRosterRules.RestTotal.Broken(
                $"The source speaks of {total} {table.Collection} and sends {result.Distinct} different ones. Nothing "
                + "that is missing is ended.", table.Collection));
        }

        return new(mode, notes);
    }

    private WalkEnd Unstable() => WalkEnd.Refused(OneRosterRules.RestUnstable.Broken(
        $"The {table.Collection} changed each of the {MostRestarts + 1} times they were read, or the source sends them "
        + "in no order. Import at a quieter hour.", table.Collection));

    private WalkEnd Ended(WalkEnd end)
    {
        if (end.Refusal is not null) return end;
        if (end.Mode is CollectionMode.Absent) spool.Reset();
        spool.Complete(end);

        return end;
    }
}
