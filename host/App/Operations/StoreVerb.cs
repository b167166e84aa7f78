using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using K12Hub.EventStore;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.App;

/// <summary>What the verbs that look after a store have in common: they work beside running servers, or without
/// one.</summary>
internal static class StoreVerb
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static readonly Option<bool> AsJson = new("--json")
    {
        Description = "Print one line of JSON and nothing else.",
    };

    public static readonly Option<short> District = new("--district")
    {
        Description = "Number of the district. Default: 1.",
        DefaultValueFactory = _ => Door.District.Value,
        Validators =
        {
            option =>
            {
                if (option.Tokens.Count == 1 && (!short.TryParse(option.Tokens[0].Value, out var n) || n < 1))
                {
                    option.AddError("--district is a number from 1 to 32767.");
                }
            },
        },
    };

    /// <summary>Who does it, as events and records say it.</summary>
    public static string Actor => $"cli:{Environment.UserName}";

    public static DistrictId DistrictOf(ParseResult parsed) => new(parsed.GetValue(District));

    /// <summary>Writes down whom the verb reads of.</summary>
    public static AccessNotes Notes(DocumentStore store, ParseResult parsed) =>
        AccessNotes.Of(store, Viewer.OfClient(Actor, parsed.GetValue(District), []), "cli");

    public static void Say(bool json, object outcome, string sentence) =>
        Console.WriteLine(json ? JsonSerializer.Serialize(outcome, Json) : sentence);

    /// <summary>Opens the store as it is; installs and changes nothing.</summary>
    public static Task<int> RunAsync(
        AppSettings settings, Func<DocumentStore, Task<int>> run, CancellationToken ct) =>
        RunAsync(settings, services => run(services.GetRequiredService<DocumentStore>()), ct);

    /// <summary>The same with all that is plugged in.</summary>
    public static async Task<int> RunAsync(
        AppSettings settings, Func<IServiceProvider, Task<int>> run, CancellationToken ct)
    {
        await using var database = Database.Open(settings, Console.Error.WriteLine, ct);
        var services = new ServiceCollection();
        var address = await database.AddressAsync(ct);
        var hub = new HubBuilder(services, settings.Configuration).AddModules();
        hub.KeepKeysIn(settings.DataFolder);
        hub.Register(_ => address);
        services.AddSingleton(TimeProvider.System);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        try
        {
            return await run(scope.ServiceProvider);
        }
        catch (PostgresException lacking) when (lacking.SqlState
            is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedFunction
            or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new IOException("This database is not one of this version of K12Hub: start K12Hub once.", lacking);
        }
    }
}
