using K12Hub.EventStore;

namespace K12Hub.App.Tests.Operations;

public sealed class ProjectionVerbTests : VerbTests
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b3");

    [Fact]
    public async Task What_has_stopped_goes_on_after_skip_and_what_runs_stops_at_pause_beside_a_server()
    {
        await AppendAsync(Lincoln, Bus, new Rides.BusLeft("Main Street"));
        using var server = Start("--urls", "http://127.0.0.1:0");
        await server.ReadyAsync();
        await SettledAsync(ProjectionMode.Async, lag: 0);

        await AppendAsync(Lincoln, Bus, new Rides.BusLeft("Nowhere"), new Rides.BusLeft("Oak Street"));
        await SettledAsync(ProjectionMode.Paused, lag: 2);
        Assert.Equal(ExitCodes.Refused, (await RunAsync("projections", "status", "--json")).ExitCode);
        Assert.Equal((ExitCodes.Refused, Changed("skipped", 0)), await ChangeAsync("skip", "--district", "2"));
        Assert.Equal((0, Changed("skipped", 1)), await ChangeAsync("skip", "--district", "1"));
        await SettledAsync(ProjectionMode.Async, lag: 0);

        Assert.Equal((0, Changed("paused", 1)), await ChangeAsync("pause"));
        await AppendAsync(Lincoln, Bus, new Rides.BusLeft("Elm Street"));
        await SettledAsync(ProjectionMode.Paused, lag: 1);
        Assert.Equal((0, Changed("resumed", 1)), await ChangeAsync("resume"));
        await SettledAsync(ProjectionMode.Async, lag: 0);
        Assert.Equal((ExitCodes.Refused, Changed("resumed", 0)), await ChangeAsync("resume"));

        Assert.Equal("Elm Street, Main Street, Oak Street", await StopsAsync());
        await server.StopAsync();
    }

    private Task<(int ExitCode, string Output)> ChangeAsync(string verb, params string[] more) =>
        RunAsync(["projections", verb, "rides.counts", "--json", .. more]);

    private static string Changed(string what, int districts) =>
        $$"""{"projection":"rides.counts","change":"{{what}}","districts":{{districts}}}""";

    /// <summary>Waits until the server has brought the projection there.</summary>
    private async Task SettledAsync(ProjectionMode mode, long lag)
    {
        await using var store = Open();
        await HubProcess.UntilAsync(async () =>
        {
            var state = (await store.ProjectionControl.StatusAsync(Lincoln, HubProcess.Ct))
                .Single(one => one.Name == "rides.counts");
            return state.Mode == mode && state.Lag == lag;
        });
    }

    private async Task<string?> StopsAsync()
    {
        await using var store = Open();
        await using var command = store.OwnerDataSource.CreateCommand(
            "select string_agg(stop, ', ' order by stop) from rides.counts");
        return (string?)await command.ExecuteScalarAsync(HubProcess.Ct);
    }
}
