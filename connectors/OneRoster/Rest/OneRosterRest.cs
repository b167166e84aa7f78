using K12Hub.Contracts;
using K12Hub.OneRoster.Rest;
using K12Hub.OneRoster.Rest.Access;
using K12Hub.OneRoster.Rest.Walking;
using K12Hub.OneRoster.Rest.Wire;

namespace K12Hub.OneRoster;

/// <summary>How a source is to be read.</summary>
/// <param name="Folder">Where pages are kept until the run is done, so that a run that was cut off can go on; null
/// keeps them nowhere.</param>
/// <param name="Since">Asks for what changed later than this; null for everything.</param>
public sealed record RestReading(string? Folder = null, DateTimeOffset? Since = null);

/// <summary>Reads rosters over HTTP, from OneRoster 1.1 and 1.2 servers.</summary>
public static class OneRosterRest
{
    /// <summary>Connects to a source and makes sure that it knows us. Rows are fetched when they are read.</summary>
    /// <param name="settings">The source.</param>
    /// <param name="limits">Limits of all rosters.</param>
    /// <param name="reading">How to read it.</param>
    /// <param name="findings">Told what was found wrong, while reading.</param>
    /// <param name="time">The clock, also of all waits.</param>
    /// <param name="ct">Stops connecting.</param>
    /// <returns>The source, or why it cannot be read.</returns>
    public static async ValueTask<RosterOpening> OpenAsync(RestSourceSettings settings, OneRosterSettings limits,
        RestReading reading, IRosterFindings findings, TimeProvider time, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(time);
        var profile = SourceProfile.Of(settings);
        var (secrets, missing) = await Secrets.ReadAsync(settings, profile.Auth, ct);
        if (secrets is null || (NeedsToken(profile) && profile.TokenUrl is null))
        {
            return new(null, [OneRosterRules.RestSettings.Broken(
                $"The source cannot be asked: {missing ?? "TokenUrl is not set."}")]);
        }

        var http = GuardedConnection.Open(settings);
        var client = new RestClient(
            http, new Authorizer(http, settings, profile, secrets, time), settings, profile, time);
        var pauses = new Pauses(time, Random.Shared.NextDouble);
        var refusal = await ProbeAsync(client, profile, pauses, limits.MaxRowBytes, ct);
        if (refusal is not null)
        {
            client.Dispose();
            return new(null, [refusal]);
        }

        var now = time.GetUtcNow();
        var folder = SpoolFolder.Open(reading.Folder, $"{profile.Base} {reading.Since:O} {settings.Demographics}",
            now - TimeSpan.FromHours(settings.ResumeHours), now);
        IReadOnlyList<WireTable> tables = settings.Demographics
            ? WireTable.All
            : [.. WireTable.All.Where(table => table.Collection != RosterCollections.Demographics)];
        var abilities = new SourceAbilities(profile, reading.Since);

        return new(new RestSource(
            new(client, profile, abilities, folder, pauses, tables, limits), findings), []);
    }

    private static bool NeedsToken(SourceProfile profile) =>
        profile.Auth is AuthStyle.Basic or AuthStyle.Form or AuthStyle.Query;

    /// <summary>Asks for one organization: an address, a name or a secret that is wrong shows at once.</summary>
    private static async ValueTask<RosterFinding?> ProbeAsync(
        RestClient client, SourceProfile profile, Pauses pauses, int maxRowBytes, CancellationToken ct)
    {
        const int most = 6;
        var table = WireTable.Of(RosterCollections.Orgs);
        var page = new WirePage(table.Collection, new(table, profile.RoleWords), maxRowBytes, _ => { });
        for (var tries = 1; ; tries++)
        {
            var answer = await client.AskAsync(new(profile.PathOf(table.Collection), 1, 0), page, ct);
            var rule = answer.Kind switch
            {
                PageKind.Unauthorized => OneRosterRules.RestUnauthorized,
                PageKind.NotThere => OneRosterRules.RestNotFound,
                PageKind.Forbidden => OneRosterRules.RestAddress,
                PageKind.Spent => OneRosterRules.RestBudget,
                PageKind.Wait or PageKind.TooHeavy or PageKind.Broken when tries == most =>
                    OneRosterRules.RestUnreachable,
                _ => null,
            };
            if (rule is not null)
            {
                return rule.Broken(answer.Kind is PageKind.NotThere
                    ? "There is no OneRoster at this address (404), or it is switched off. Check address and version."
                    : $"The first answer {answer.Why.TrimEnd('.')}.", table.Collection);
            }

            if (answer.Kind is not (PageKind.Wait or PageKind.TooHeavy or PageKind.Broken)) return null;
            await pauses.WaitAsync(answer.Pause, tries, ct);
        }
    }
}
