using System.Globalization;
using K12Hub.EventStore;
using K12Hub.Hosting;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary><c>K12Hub roster match</c>.</summary>
internal static class RosterMatchCommand
{
    public static Task<int> RunAsync(AppSettings settings, DistrictId district, bool json, CancellationToken ct) =>
        StoreVerb.RunAsync(settings, async store =>
        {
            var roster = SettingsReader.Read<RosterSettings>(settings.Configuration, "Roster");
            var counts = await new PeopleMatching(store, TimeProvider.System, roster)
                .RunAsync(district, StoreVerb.Actor, ct);
            StoreVerb.Say(json, counts, string.Create(
                CultureInfo.InvariantCulture,
                $"{counts.Linked:N0} pairs linked by identifiers, {counts.Suggested:N0} wait for a person: matches."));
            return ExitCodes.Done;
        }, ct);
}
