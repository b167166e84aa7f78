using System.Diagnostics;

namespace K12Hub.EventStore;

/// <summary>Brings one projection of one district up to date, page by page. A page that fails is halved until the event
/// that cannot be projected is alone.</summary>
internal sealed class ProjectionRun(ProjectionStep step, ProjectionOptions options, Action<ProjectionTrouble> report)
{
    // Others wait for the same workers.
    private const int MostPages = 50;

    /// <returns>True when there may be more.</returns>
    public async Task<bool> RunAsync(Projector projector, short tenant, CancellationToken ct)
    {
        var limit = options.PageSize;
        for (var page = 0; page < MostPages; page++)
        {
            try
            {
                var started = Stopwatch.GetTimestamp();
                var done = await step.RunAsync(projector, tenant, limit, ct);
                if (done.Moved)
                {
                    StoreTelemetry.Projected(projector.Name, started);
                }

                if (!done.Moved || done.Left == 0)
                {
                    return false;
                }

                limit = Math.Min(options.PageSize, limit * 2);
            }
            catch (PageFailedException failed) when (limit > 1)
            {
                StoreTelemetry.Halved(projector.Name, failed.InnerException!);
                limit = (limit + 1) / 2;
            }
            catch (PageFailedException failed)
            {
                if (!await SetAsideAsync(projector, tenant, failed, ct))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <returns>Whether the projection goes on.</returns>
    private async Task<bool> SetAsideAsync(
        Projector projector, short tenant, PageFailedException failed, CancellationToken ct)
    {
        if (await step.SetAsideAsync(projector, tenant, failed, ct) is not { } failure)
        {
            return false;
        }

        var pauses = projector.OnPoison is PoisonPolicy.Pause;
        report(new(projector.Name, new(tenant), pauses, failure, null));
        return !pauses;
    }
}

/// <summary>Something that a person should know of; also to be found at the projection itself.</summary>
/// <param name="Projection">Name of the projection; null when it is about all.</param>
/// <param name="Tenant">The district; null when it is about all.</param>
/// <param name="IsPaused">Whether the projection has stopped.</param>
/// <param name="Failure">The event that could not be projected; null when it is about something around us.</param>
/// <param name="Cause">What went wrong around us, and is tried again; null when it is about an event.</param>
public sealed record ProjectionTrouble(
    string? Projection, DistrictId? Tenant, bool IsPaused, ProjectionFailure? Failure, Exception? Cause);
