using K12Hub.EventStore;

namespace K12Hub.App;

/// <summary>How far the rows of some read tables have come in the log of events.</summary>
internal sealed record ProjectionRow
{
    /// <summary>Stable name, mostly that of the view people read.</summary>
    public string Name { get; init; } = "";

    /// <summary>Version of the rows; rises when their shape or meaning changes.</summary>
    public int Version { get; init; }

    /// <summary>How the rows come about.</summary>
    public ShownMode Mode { get; init; }

    /// <summary>The position of the log it has come to.</summary>
    public long Position { get; init; }

    /// <summary>Events after that position; 100,000 stands for that and more.</summary>
    public long LagInEvents { get; init; }

    /// <summary>Events it went on without.</summary>
    public long DeadLetters { get; init; }

    /// <summary>The event it stopped before; null unless one stopped it.</summary>
    public ProjectionFailureRow? Failure { get; init; }

    /// <summary>Its last rebuild; null when it was never rebuilt.</summary>
    public ProjectionRebuildRow? Rebuild { get; init; }

    /// <summary>What is known of all projections of a district.</summary>
    public static async Task<IReadOnlyList<ProjectionRow>> AllAsync(
        DocumentStore store, DistrictId? district, CancellationToken ct)
    {
        var rebuilds = (await store.ProjectionControl.RebuildsAsync(ct)).ToDictionary(r => r.Progress.Projection);
        var states = await store.ProjectionControl.StatusAsync(district, ct);
        return [.. states.Select(state => Of(state, rebuilds.GetValueOrDefault(state.Name)))];
    }

    private static ProjectionRow Of(ProjectionStatus state, RebuildState? rebuild) => new()
    {
        Name = state.Name,
        Version = state.Version,
        Mode = (ShownMode)state.Mode,
        Position = state.Position,
        LagInEvents = state.Lag,
        DeadLetters = state.DeadLetters,
        Failure = state.Failure is { } failure ? ProjectionFailureRow.Of(failure) : null,
        Rebuild = rebuild is { } last ? ProjectionRebuildRow.Of(last) : null,
    };
}

/// <summary>An event that could not be projected, without anything that is in it.</summary>
internal sealed record ProjectionFailureRow
{
    /// <summary>Its position in the log.</summary>
    public long Position { get; init; }

    /// <summary>The stream it belongs to.</summary>
    public Guid StreamId { get; init; }

    /// <summary>The name it is stored under.</summary>
    public string EventType { get; init; } = "";

    /// <summary>Where it failed, or what the database objected to.</summary>
    public string Message { get; init; } = "";

    /// <summary>The row of a failure.</summary>
    public static ProjectionFailureRow Of(ProjectionFailure failure) => new()
    {
        Position = failure.Position,
        StreamId = failure.StreamId,
        EventType = failure.Type,
        Message = failure.Message,
    };
}

/// <summary>The making anew of rows from the log, of all districts together.</summary>
internal sealed record ProjectionRebuildRow
{
    /// <summary>Version of the rows it makes.</summary>
    public int Version { get; init; }

    /// <summary>What it is doing, or how it ended.</summary>
    public ShownStep Step { get; init; }

    /// <summary>Streams or positions it has got through in this step.</summary>
    public long Done { get; init; }

    /// <summary>Of how many; 0 where it is not known.</summary>
    public long Total { get; init; }

    /// <summary>Why it was given up.</summary>
    public string? Failure { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last said something: about once a second while it runs.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The row of a rebuild.</summary>
    public static ProjectionRebuildRow Of(RebuildState state) => new()
    {
        Version = state.Progress.Version,
        Step = (ShownStep)state.Progress.Step,
        Done = state.Progress.Done,
        Total = state.Progress.Total,
        Failure = state.Failure,
        StartedAt = state.StartedAt,
        UpdatedAt = state.UpdatedAt,
    };
}
