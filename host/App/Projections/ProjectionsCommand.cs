using System.Text.Json;
using K12Hub.EventStore;

namespace K12Hub.App;

/// <summary><c>K12Hub projections …</c>: works beside running servers, or without one.</summary>
internal static class ProjectionsCommand
{
    public static Task<int> StatusAsync(AppSettings settings, DistrictId? district, bool json, CancellationToken ct) =>
        StoreVerb.RunAsync(settings, async store =>
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
                    StoreVerb.Json));
            }
            else
            {
                ProjectionsScreen.Print(states, rebuilds);
            }

            return states.Any(state => state.Mode is ProjectionMode.Paused) ? ExitCodes.Refused : ExitCodes.Done;
        }, ct);

    public static Task<int> RebuildAsync(AppSettings settings, string name, bool json, CancellationToken ct) =>
        StoreVerb.RunAsync(settings, async store =>
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

            StoreVerb.Say(json, new { projection, rebuilt = true }, $"{projection} was rebuilt.");
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
        StoreVerb.RunAsync(settings, async store =>
        {
            var projection = Known(store, name);
            var districts = await ChangeAsync(store.ProjectionControl, projection, change);
            StoreVerb.Say(json, new { projection, change = done, districts }, districts == 0
                ? $"{projection}: nothing was {done}; it is not in a state for that in any district."
                : $"{projection}: {done} in {districts} district{(districts == 1 ? "" : "s")}.");
            return districts == 0 ? ExitCodes.Refused : ExitCodes.Done;
        }, ct);

    private static async Task<int> ChangeAsync(
        ProjectionControl control, string projection, Func<ProjectionControl, string, Task<int>> change)
    {
        try
        {
            return await change(control, projection);
        }
        catch (ArgumentException inline)
        {
            throw new RefusedException(inline.Message);
        }
    }

    private static string Known(DocumentStore store, string name) => store.ProjectionControl.Names.Contains(name)
        ? name
        : throw new System.ComponentModel.DataAnnotations.ValidationException(
            $"There is no projection '{name}'. There are: {string.Join(", ", store.ProjectionControl.Names)}.");

    private static object Plain(ProjectionStatus state) => new
    {
        state.Name, state.Version, district = state.Tenant.Value, state.Mode, state.Position, lagInEvents = state.Lag,
        state.DeadLetters, state.Failure,
    };
}
