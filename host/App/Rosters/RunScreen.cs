using System.Globalization;
using K12Hub.Roster;
using Spectre.Console;

namespace K12Hub.App;

/// <summary>Runs as a person at a terminal sees them.</summary>
internal static class RunScreen
{
    /// <summary>Two lines a run: its id fills half of a narrow terminal, and is there to be copied.</summary>
    public static void Print(IReadOnlyList<RunSummary> runs)
    {
        foreach (var run in runs)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{run.Run}  {Word(run.Status),-10}  {run.StartedAt:u}"));
            Console.WriteLine($"  {run.Source}: {string.Join(", ", Parts(run))}");
        }

        if (runs.Count == 0) Console.WriteLine("There was no run yet.");
    }

    public static void Print(RunDetails details)
    {
        var run = details.Summary;
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"Run {run.Run} of {run.Source}, {run.Origin}, {run.StartedAt:u}: {Word(run.Status)}");
        foreach (var kind in details.Changes.GroupBy(change => change.Collection))
        {
            AnsiConsole.Write(Changes(kind.Key, kind));
        }

        foreach (var reason in details.Reasons)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{reason.Rule}: {reason.Message}");
        }

        foreach (var turn in details.Turns)
        {
            var who = turn.By is { } by ? $" by {by}" : "";
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"{turn.At:u} {Word(turn.Status)}{who} {turn.Reason}");
        }
    }

    public static string Word(ImportStatus? status)
    {
        var name = status.ToString()!;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static IEnumerable<string> Parts(RunSummary run)
    {
        (int Count, string Word)[] parts =
        [
            (run.Added, "added"), (run.Changed, "changed"), (run.Ended, "ended"), (run.Returned, "returned"),
            (run.Findings, "findings"),
        ];
        var some = parts.Where(part => part.Count > 0).Select(part => $"{Number(part.Count)} {part.Word}");
        return some.DefaultIfEmpty("nothing differs");
    }

    /// <summary>A table a kind: so there is room for the names of schools.</summary>
    private static Table Changes(string kind, IEnumerable<ProposedChange> changes)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(kind);
        foreach (var heading in (string[])["in force", "added", "changed", "ended", "%", "returned"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (var change in changes)
        {
            table.AddRow(
                Markup.Escape(change.SchoolName ?? "·"), Number(change.InForce),
                Number(change.Added), Number(change.Changed), Number(change.Ended),
                change.EndedPercent.ToString("0.0", CultureInfo.InvariantCulture), Number(change.Returned));
        }

        return table;
    }

    private static string Number(int count) =>
        count == 0 ? "·" : count.ToString("N0", CultureInfo.InvariantCulture);
}
