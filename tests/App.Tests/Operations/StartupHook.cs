using K12Hub.App;
using K12Hub.App.Tests;

/// <summary>Runs in the real program before it does, where a test names this assembly in
/// <c>DOTNET_STARTUP_HOOKS</c>: plugs the module in that only tests have. .NET wants this name and no
/// namespace.</summary>
internal static class StartupHook
{
    public static (string Name, string Value) InProcess =>
        ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location);

    public static void Initialize() => HubModules.OfStartupHooks = hub => hub.Store(Rides.AddTo)
        .Permission("rides.read", "Read how many rode.")
        .Access<Rides.CountRow>("rides.read");
}
