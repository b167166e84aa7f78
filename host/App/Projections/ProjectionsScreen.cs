using System.Globalization;
using K12Hub.EventStore;
using Spectre.Console;
using TableColumn = Spectre.Console.TableColumn;

namespace K12Hub.App;

/// <summary>Projections as a person at a terminal sees them.</summary>
internal static class ProjectionsScreen
{
    public static void Print(IReadOnlyList<ProjectionStatus> states, IReadOnlyList<RebuildState> rebuilds)
    {
        if (states.Count == 0)
        {
            AnsiConsole.WriteLine("No projections, or nothing has happened yet.");
        }
        else
        {
            AnsiConsole.Write(Table(states));
        }

        foreach (var (name, failure) in states.Select(state => (state.Name, state.Failure)))
        {
            if (failure is not null)
            {
                AnsiConsole.MarkupLineInterpolated(
                    CultureInfo.InvariantCulture,
                    $"{name} stopped before {failure.Type} at {failure.Position}: {failure.Message}");
            }
        }

        foreach (var rebuild in rebuilds)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{Sentence(rebuild)}");
        }
    }

    /// <summary>Runs a rebuild with a progress bar; without one for scripts and where there is no terminal.</summary>
    public static async Task ShowAsync(bool json, Func<IProgress<RebuildProgress>?, Task> rebuild)
    {
        if (json || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            await rebuild(null);
            return;
        }

        await AnsiConsole.Progress()
            .HideCompleted(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => rebuild(new Bar(context.AddTask("Preparing", maxValue: 1))));
    }

    private static Table Table(IReadOnlyList<ProjectionStatus> states)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("projection", "district", "mode");
        foreach (var heading in new[] { "version", "position", "lag", "put aside" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (var state in states)
        {
            table.AddRow(
                Markup.Escape(state.Name), Number(state.Tenant.Value), $"{state.Mode}".ToLowerInvariant(),
                Number(state.Version), Number(state.Position), Number(state.Lag), Number(state.DeadLetters));
        }

        return table;
    }

    private static string Sentence(RebuildState rebuild) => rebuild.Progress.Step switch
    {
        RebuildStep.Done => $"{rebuild.Progress.Projection}: rebuilt at {rebuild.UpdatedAt:u}.",
        RebuildStep.Failed => $"{rebuild.Progress.Projection}: rebuild given up at {rebuild.UpdatedAt:u}: "
            + $"{rebuild.Failure}",
        var step => $"{rebuild.Progress.Projection}: rebuild since {rebuild.StartedAt:u}, {step} "
            + $"{Number(rebuild.Progress.Done)} of {Number(rebuild.Progress.Total)}.",
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private sealed class Bar(ProgressTask bar) : IProgress<RebuildProgress>
    {
        public void Report(RebuildProgress value)
        {
            bar.Description = $"{value.Step}";
            bar.IsIndeterminate = value.Total == 0;
            (bar.MaxValue, bar.Value) = (Math.Max(1, value.Total), value.Done);
        }
    }
}
