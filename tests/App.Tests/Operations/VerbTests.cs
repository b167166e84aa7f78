using System.Text.Json;
using K12Hub.Accounts;
using K12Hub.EventStore;
using K12Hub.Roster;
using K12Hub.StaffDirectory;
using K12Hub.Testing;

namespace K12Hub.App.Tests.Operations;

/// <summary>The real program with the module that only tests have, over a database of its own; and that database's
/// store as this process sees it.</summary>
public abstract class VerbTests : IAsyncLifetime
{
    internal static readonly DistrictId Lincoln = new(1);
    internal static readonly DistrictId Oak = new(2);

    private readonly Folders folders = new();
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        await using var store = Open();
        await store.ApplySchemaAsync(HubProcess.Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folders.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the program writes into its log.</summary>
    protected virtual string LogLevel => "Warning";

    internal Folders Folders => folders;

    internal string ConnectionString => database.ConnectionString;

    /// <summary>A store that has nothing in memory.</summary>
    internal DocumentStore Open() => DocumentStore.For(options =>
    {
        options.UseDatabase(database.ConnectionString);
        options.KeyRing = new FileKeyRing(Path.Combine(folders.Data, "keys"), TimeProvider.System);
        Rides.AddTo(options);
        AccountsModule.AddTo(options);
        RosterModule.AddTo(options);
        StaffDirectoryModule.AddTo(options);
    });

    internal HubProcess Start(params string[] arguments) => HubProcess.Start(
        [.. arguments, "--data", folders.Data],
        [
            StartupHook.InProcess, ("K12HUB__Logging__LogLevel__Default", LogLevel),
            ("K12HUB__Database__ConnectionString", database.ApplicationConnectionString),
            ("K12HUB__Database__OwnerConnectionString", database.ConnectionString),
        ]);

    internal async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var verb = Start(arguments);
        await verb.EndAsync();
        return (verb.ExitCode, verb.Output.Trim());
    }

    internal async Task AppendAsync(DistrictId district, Guid ride, params object[] happened)
    {
        await using var store = Open();
        await using var session = store.LightweightSession(district);
        session.Events.Append<Rides.Ride>(ride, ExpectedVersion.Any, happened);
        await session.SaveChangesAsync(HubProcess.Ct);
    }

    internal static JsonElement Json((int ExitCode, string Output) answer) => JsonElement.Parse(answer.Output);
}
