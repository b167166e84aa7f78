using System.Text.Json;
using System.Text.Json.Serialization;
using K12Hub.EventStore;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.App;

/// <summary><c>K12Hub projections …</c>: works beside running servers, or without one.</summary>
internal static class ProjectionsCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Task<int> StatusAsync(AppSettings settings, DistrictId? district, bool json, CancellationToken ct) =>
        WithStoreAsync(settings, async store =>
        {
            var rebuilds = await store.ProjectionControl.RebuildsAsync(ct);
            var states = await store.ProjectionControl.StatusAsync(district, ct);
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(
                    new
                    {
                        projections = states.Select(Plain),
                        rebuilds = rebuilds.Select(r => new
                        {
                            r.Progress.Projection, r.Progress.Version, r.Progress.Step, r.Progress.Done,
                            r.Progress.Total, r.Failure, r.StartedAt, r.UpdatedAt,
                        }),
                    },
                    Json));
            }
            else
            {
                ProjectionsScreen.Print(states, rebuilds);
            }

            return states.Any(state => state.Mode is ProjectionMode.Paused) ? ExitCodes.Refused : ExitCodes.Done;
        }, ct);

    public static Task<int> RebuildAsync(AppSettings settings, string name, bool json, CancellationToken ct) =>
        WithStoreAsync(settings, async store =>
        {
            var projection = Known(store, name);
            try
            {
                await ProjectionsScreen.ShowAsync(
                    json, progress => store.RebuildProjectionAsync(projection, progress, ct));
            }
            catch (ProjectionException stopped)
            {
                throw new RefusedException(stopped.Message);
            }

            Say(json, new { projection, rebuilt = true }, $"{projection} was rebuilt.");
            return ExitCodes.Done;
        }, ct);

    public static Task<int> PauseAsync(
        AppSettings settings, string name, DistrictId? district, bool json, CancellationToken ct) =>
        ChangeAsync(settings, name, json, "paused", (control, projection) =>
            control.PauseAsync(projection, district, ct), ct);

    public static Task<int> ResumeAsync(
        AppSettings settings, string name, DistrictId? district, bool json, CancellationToken ct) =>
        ChangeAsync(settings, name, json, "resumed", (control, projection) =>
            control.ResumeAsync(projection, district, ct), ct);

    public static Task<int> SkipAsync(
        AppSettings settings, string name, DistrictId? district, bool json, CancellationToken ct) =>
        ChangeAsync(settings, name, json, "skipped", (control, projection) =>
            control.SkipAsync(projection, district, ct), ct);

    private static Task<int> ChangeAsync(
        AppSettings settings,
        string name,
        bool json,
        string done,
        Func<ProjectionControl, string, Task<int>> change,
        CancellationToken ct) =>
        WithStoreAsync(settings, async store =>
        {
            var projection = Known(store, name);
            var districts = await change(store.ProjectionControl, projection);
            Say(json, new { projection, change = done, districts }, districts == 0
                ? $"{projection}: nothing was {done}; it is not in a state for that in any district."
                : $"{projection}: {done} in {districts} district{(districts == 1 ? "" : "s")}.");
            return districts == 0 ? ExitCodes.Refused : ExitCodes.Done;
        }, ct);

    private static string Known(DocumentStore store, string name) => store.ProjectionControl.Names.Contains(name)
        ? name
        : throw new System.ComponentModel.DataAnnotations.ValidationException(
            $"There is no projection '{name}'. There are: {string.Join(", ", store.ProjectionControl.Names)}.");

    private static void Say(bool json, object outcome, string sentence) =>
        Console.WriteLine(json ? JsonSerializer.Serialize(outcome, Json) : sentence);

    private static object Plain(ProjectionStatus state) => new
    {
        state.Name, state.Version, district = state.Tenant.Value, state.Mode, state.Position, lagInEvents = state.Lag,
        state.DeadLetters, state.Failure,
    };

    private static async Task<int> WithStoreAsync(
        AppSettings settings, Func<DocumentStore, Task<int>> run, CancellationToken ct)
    {
        await using var database = Database.Open(settings, Console.Error.WriteLine, ct);
        var services = new ServiceCollection();
        var address = await database.AddressAsync();
        var hub = new HubBuilder(services, settings.Configuration).AddModules();
        hub.KeepKeysIn(settings.DataFolder);
        hub.Register(_ => address);
        services.AddSingleton(TimeProvider.System);
        await using var provider = services.BuildServiceProvider();
        try
        {
            return await run(provider.GetRequiredService<DocumentStore>());
        }
        catch (PostgresException lacking) when (lacking.SqlState
            is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedFunction)
        {
            throw new IOException("This database is not one of this version of K12Hub: start K12Hub once.", lacking);
        }
    }
}
