using K12Hub.Accounts;
using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.App;

/// <summary>Where the keys to personal data are, and the list of what was erased: in the data folder and never in the
/// database, so that neither a dump nor the folder alone opens anything. Beside them, that there was a first
/// administrator.</summary>
internal static class KeyFolder
{
    public static void KeepKeysIn(this HubBuilder hub, string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "keys");
        var ledger = new FileErasureLedger(Path.Combine(folder, "erasures.log"));
        hub.Services.AddSingleton(ledger);
        hub.Services.AddSingleton(new SetUpMark(Path.Combine(dataFolder, "set-up-done")));
        hub.Store(options =>
        {
            options.KeyRing = new FileKeyRing(folder, options.Time);
            options.ErasureLedger = ledger;
        });
    }
}
