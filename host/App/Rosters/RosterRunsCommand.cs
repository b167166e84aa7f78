using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using K12Hub.EventStore;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary><c>K12Hub roster runs</c>, <c>show</c>, <c>apply</c>, <c>reject</c>, <c>rollback</c>: deciding about runs.
/// </summary>
internal sealed class RosterRunsCommand(RosterRuns runs, DistrictId district, bool json)
{
    private const int RunsShown = 20;

    /// <summary>What was asked for on the command line, on a store.</summary>
    public static RosterRunsCommand Of(ParseResult parsed, DocumentStore store) => new(
        new(store, TimeProvider.System), StoreVerb.DistrictOf(parsed), parsed.GetValue(StoreVerb.AsJson));

    public async Task<int> ApplyAsync(Guid run, CancellationToken ct) =>
        Answer(await runs.ApplyAsync(district, run, StoreVerb.Actor, ct));

    public async Task<int> RollBackAsync(Guid run, CancellationToken ct) =>
        Answer(await runs.RollBackAsync(district, run, StoreVerb.Actor, ct));

    public async Task<int> ShowAsync(Guid run, CancellationToken ct)
    {
        var details = await runs.FindAsync(district, run, ct)
            ?? throw new RefusedException($"There is no run {run}. See: roster runs.");
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(details, StoreVerb.Json));
        }
        else
        {
            RunScreen.Print(details);
        }

        return ExitCodes.Done;
    }

    public async Task<int> RejectAsync(Guid run, string reason, CancellationToken ct) =>
        Answer(await runs.RejectAsync(district, run, reason, StoreVerb.Actor, ct));

    public async Task<int> ListAsync(CancellationToken ct)
    {
        var latest = await runs.ListAsync(district, RunsShown, ct);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(latest, StoreVerb.Json));
        }
        else
        {
            RunScreen.Print(latest);
        }

        return ExitCodes.Done;
    }

    private int Answer(RunAnswer answer)
    {
        if (answer.Refusal is { } refusal) throw new RefusedException($"{refusal.Message} ({refusal.Code})");

        StoreVerb.Say(json, new { run = answer.Run, status = answer.Status }, string.Create(
            CultureInfo.InvariantCulture, $"Run {answer.Run} is {RunScreen.Word(answer.Status)}."));
        return ExitCodes.Done;
    }
}
