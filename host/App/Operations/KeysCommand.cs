using System.CommandLine;
using K12Hub.Accounts;
using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.App;

/// <summary><c>K12Hub keys rotate</c>: a new key for the keys of people, and for cookies and secrets.</summary>
internal static class KeysCommand
{
    /// <summary>The verb with its own verb.</summary>
    /// <param name="settings">Reads the settings off a parsed command line.</param>
    public static Command Verb(Func<ParseResult, AppSettings> settings)
    {
        var rotate = new Command(
            "rotate", "Makes a new ring key, wraps the keys of all people of a district in it, and one for secrets.")
        {
            StoreVerb.District, StoreVerb.AsJson,
        };
        rotate.SetAction((parsed, ct) => StoreVerb.RunAsync(settings(parsed), services => RotateAsync(
            services, StoreVerb.DistrictOf(parsed), parsed.GetValue(StoreVerb.AsJson), ct), ct));
        return new Command("keys", "The keys to personal data.") { rotate };
    }

    private static async Task<int> RotateAsync(
        IServiceProvider services, DistrictId district, bool json, CancellationToken ct)
    {
        var wrapped = await services.GetRequiredService<DocumentStore>().RotateKeysAsync(district, ct);
        await services.RotateProtectionKeysAsync(district, ct);
        await services.GetRequiredService<SecurityTrail>().WriteAsync(
            district, new("keys.rotated", "cli") { Actor = StoreVerb.Actor }, ct);
        StoreVerb.Say(
            json,
            new { district = district.Value, wrapped },
            $"District {district.Value} has a new ring key; the keys of {wrapped:N0} people are wrapped in it. "
            + "Back up the keys folder now.");
        return ExitCodes.Done;
    }
}
