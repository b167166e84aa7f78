using System.Globalization;
using K12Hub.Contracts;
using K12Hub.Roster;
using Spectre.Console;

namespace K12Hub.App;

/// <summary>An import as a person at a terminal sees it: a bar, then what it did and what was wrong.</summary>
internal static class ImportScreen
{
    private const int FindingsShown = 20;

    /// <summary>Runs an import with a progress bar; where there is no terminal, without one.</summary>
    public static async Task<ImportOutcome> ShowAsync(Func<IProgress<ImportProgress>?, Task<ImportOutcome>> import)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            return await import(null);
        }

        return await AnsiConsole.Progress()
            .HideCompleted(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("Opening", maxValue: 1);
                return await import(new Bar(bar));
            });
    }

    public static void Print(ImportOutcome outcome)
    {
        AnsiConsole.Write(Counts(outcome));
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{Sentence(outcome)}");
        if (outcome.Findings.Count > 0)
        {
            AnsiConsole.WriteLine();
            AnsiConsole.Write(Findings(outcome.Findings));
        }

        if (outcome.Findings.Count > FindingsShown)
        {
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"{outcome.Findings.Count - FindingsShown:N0} more with --json, or through GraphQL: syncRuns.");
        }
    }

    private static Table Counts(ImportOutcome outcome)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("");
        foreach (var heading in new[] { "added", "changed", "ended", "returned", "rejected" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (var (collection, counts) in outcome.Counts)
        {
            table.AddRow(
                collection, Number(counts.Added), Number(counts.Changed), Number(counts.Ended),
                Number(counts.Returned), Number(counts.Rejected));
        }

        return table;
    }

    private static Table Findings(IReadOnlyList<RosterFinding> findings)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("where", "value", "rule", "what");
        foreach (var finding in findings.OrderByDescending(f => f.Effect).Take(FindingsShown))
        {
            table.AddRow(
                Markup.Escape(Where(finding)), Markup.Escape(finding.Value ?? ""),
                Markup.Escape(finding.Rule), Markup.Escape($"{Effect(finding.Effect)}: {finding.Message}"));
        }

        return table;
    }

    private static string Sentence(ImportOutcome outcome) => outcome.Status switch
    {
        ImportStatus.Applied => $"Applied in {Seconds(outcome)}.{Run(outcome)}",
        ImportStatus.Unchanged => $"Nothing has changed; nothing was written. {Seconds(outcome)}.{Run(outcome)}",
        ImportStatus.Held =>
            $"Held, nothing is applied yet. Look at it: roster show {outcome.Run}. Then: roster apply {outcome.Run}, "
            + $"or roster reject {outcome.Run} --reason WHY.",
        ImportStatus.Refused => $"Refused, nothing was applied: see below.{Run(outcome)}",
        _ => $"Rejected, nothing was applied: see below.{Run(outcome)}",
    };

    private static string Run(ImportOutcome outcome) => outcome.Run is { } run ? $" Run {run}." : "";

    private static string Seconds(ImportOutcome outcome) =>
        string.Create(CultureInfo.InvariantCulture, $"{outcome.DurationMs / 1000.0:0.0} s");

    private static string Effect(FindingEffect effect) => effect switch
    {
        FindingEffect.RunRejected => "refused",
        FindingEffect.RunHeld => "held",
        FindingEffect.RowRejected => "row left out",
        _ => "note",
    };

    private static string Where(RosterFinding finding) => string.Join(' ', new[]
    {
        finding.File,
        finding.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"line {line}") : null,
        finding.Column,
    }.Where(part => part is not null));

    private static string Number(int count) =>
        count == 0 ? "·" : count.ToString("N0", CultureInfo.InvariantCulture);

    private sealed class Bar(ProgressTask bar) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            bar.Description = value.Collection is null ? $"{value.Step}" : $"{value.Step} {value.Collection}";
            bar.IsIndeterminate = value.Step is not ImportStep.Reading || value.BytesTotal is null;
            (bar.MaxValue, bar.Value) = (Math.Max(1, value.BytesTotal ?? 1), value.BytesRead);
        }
    }
}
