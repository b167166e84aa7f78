using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.OneRoster;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary>How a roster is to be brought in.</summary>
/// <param name="ProposeOnly">Applies nothing: a person looks first.</param>
/// <param name="ChangesOnly">Asks a source only for what changed since it was imported last.</param>
/// <param name="Actor">Who brings it in, as an id; null for the schedule.</param>
internal sealed record SourceImport(bool ProposeOnly, bool ChangesOnly, string? Actor = null);

/// <summary>Brings rosters in from systems that answer over HTTP, by their names in the settings.</summary>
internal sealed class RosterSources(RosterImport import, OneRosterSettings settings, TimeProvider time)
{
    private const string Format = "OneRoster REST";

    /// <summary>Vendors' clocks, and the moments at which their changes become visible, differ by hours; what is sent
    /// twice differs from nothing.</summary>
    private static readonly TimeSpan overlap = TimeSpan.FromHours(24);

    /// <summary>Whether the settings name such a source.</summary>
    public static bool IsSource(IConfiguration configuration, string name) => Names(configuration)
        .Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>All sources the settings name.</summary>
    public static IEnumerable<string> Names(IConfiguration configuration) =>
        configuration.GetSection("OneRoster:Sources").GetChildren().Select(source => source.Key);

    /// <summary>The key of a source: its name in small letters.</summary>
    public static string KeyOf(string name) => name.ToLowerInvariant();

    /// <param name="district">Whose roster it is.</param>
    /// <param name="name">The source, as the settings name it. It is the key that ids are made from.</param>
    /// <param name="how">How to bring it in.</param>
    /// <param name="dataFolder">Where pages are kept until the run is done.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="ct">Stops it; the next import goes on with the pages that are there.</param>
    public async Task<ImportOutcome> ImportAsync(
        DistrictId district, string name, SourceImport how, string dataFolder,
        IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var (key, source) = settings.Sources.Single(s => s.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        key = KeyOf(key);
        await using var turn = await import.TryTakeTurnAsync(district, key, ct);
        if (turn is null) return RosterImport.NotYourTurn();

        var options = new ImportOptions(key, how.Actor, ProposeOnly: how.ProposeOnly);
        var last = how.ChangesOnly ? await import.LastReadAsync(district, key, Format, ct) : null;
        var reading = new RestReading(Path.Combine(dataFolder, "rosters", key), last - overlap);
        var findings = new CollectedFindings();
        var opening = await OneRosterRest.OpenAsync(source, settings, reading, findings, time, ct);
        if (opening.Source is not { } opened)
        {
            foreach (var rejection in opening.Rejections) findings.Add(rejection);
            return await import.RejectAsync(district, Format, key, findings, options, ct);
        }

        await using (opened)
        {
            return await import.RunAsync(district, opened, findings, options, progress, ct);
        }
    }
}
