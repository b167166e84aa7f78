using System.CommandLine;
using System.Globalization;
using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.App;

/// <summary><c>K12Hub audit verify</c>: whether the records of who saw what are all there, and as they were
/// written.</summary>
internal static class AuditCommand
{
    /// <summary>The verb with its own verbs.</summary>
    /// <param name="settings">Reads the settings off a parsed command line.</param>
    public static Command Verb(Func<ParseResult, AppSettings> settings)
    {
        var verify = new Command(
            "verify", "Computes the chain of records anew, and names the first that does not fit; exit code 3 then.")
        {
            StoreVerb.District, StoreVerb.AsJson,
        };
        verify.SetAction((parsed, ct) => StoreVerb.RunAsync(settings(parsed), store => VerifyAsync(
            store, AnchorsIn(settings(parsed).DataFolder), StoreVerb.DistrictOf(parsed),
            parsed.GetValue(StoreVerb.AsJson), ct), ct));
        return new Command("audit", "Who saw what of whom.") { verify };
    }

    /// <summary>Where the ends of chains are noted outside the database.</summary>
    public static AuditAnchors AnchorsIn(string dataFolder) => new(Path.Combine(dataFolder, "audit"));

    private static async Task<int> VerifyAsync(
        DocumentStore store, AuditAnchors anchors, DistrictId district, bool json, CancellationToken ct)
    {
        var noted = await anchors.ReadAsync(district, ct);
        var verdict = await store.Audit.VerifyAsync(district, noted, ct);
        var culture = CultureInfo.InvariantCulture;
        StoreVerb.Say(
            json,
            new { district = district.Value, verdict.Records, anchors = noted.Count, verdict.BrokenAt, verdict.Why },
            verdict.Holds
                ? string.Create(culture, $"All {verdict.Records:N0} records fit, and {noted.Count:N0} noted ends.")
                : string.Create(
                    culture,
                    $"Record {verdict.BrokenAt:N0} does not fit: {verdict.Why}. {verdict.Records:N0} before it do."));
        return verdict.Holds ? ExitCodes.Done : ExitCodes.Refused;
    }
}
