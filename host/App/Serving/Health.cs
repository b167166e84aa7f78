using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.App;

/// <summary>What load balancers and containers ask: does the process live, can it answer.</summary>
internal sealed class Health(IServiceProvider services)
{
    /// <summary>What it answers below; always, also before the rest does.</summary>
    public static readonly PathString Path = "/health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private volatile bool ready;

    /// <summary>Whether requests are let in: from the end of the start to the begin of the stop.</summary>
    public bool IsOpen => ready;

    public void Open() => ready = true;

    public void Close() => ready = false;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{Path}/live", () => Results.Text("live"));
        routes.MapGet($"{Path}/ready", (Health health, CancellationToken ct) => health.AnswerAsync(ct));
    }

    private async Task<IResult> AnswerAsync(CancellationToken ct)
    {
        if (!ready)
        {
            return NotReady("starting or stopping");
        }

        if (!await DatabaseAnswersAsync(ct))
        {
            return NotReady("the database does not answer");
        }

        // Late mail is no reason to send people elsewhere: still ready, and said so.
        var complaint = services.GetRequiredService<BackgroundWork>().Complaint;
        return Results.Text(complaint is null ? "ready" : $"ready, degraded: {complaint}");
    }

    private static IResult NotReady(string why) =>
        Results.Text($"not ready: {why}", statusCode: StatusCodes.Status503ServiceUnavailable);

    private async Task<bool> DatabaseAnswersAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await using var command = services.GetRequiredService<DocumentStore>().DataSource.CreateCommand("select 1");
            await command.ExecuteScalarAsync(patience.Token);
            return true;
        }
        catch (Exception failure) when (failure is Npgsql.NpgsqlException or OperationCanceledException)
        {
            return false;
        }
    }
}
