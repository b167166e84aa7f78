using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Hosting;

/// <summary>A job that is due again and again.</summary>
internal sealed record JobRow
{
    /// <summary>What its schedule is called.</summary>
    [Filterable, Sortable, GraphQLName("name")]
    public string Id { get; init; } = "";

    /// <summary>What runs.</summary>
    [GraphQLName("runs")]
    public string Job { get; init; } = "";

    /// <summary>When, as a cron expression: seconds first.</summary>
    public string Cron { get; init; } = "";

    /// <summary>Whose clocks the expression means.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>Whether the program declares it itself; else somebody added it.</summary>
    public bool Declared { get; init; }

    /// <summary>The last time it was due.</summary>
    public DateTimeOffset? LastFireAt { get; init; }

    /// <summary>The next time it is due.</summary>
    public DateTimeOffset? NextFireAt { get; init; }

    /// <summary>When the last run began.</summary>
    public DateTimeOffset? LastStartedAt { get; init; }

    /// <summary>When the last run ended.</summary>
    public DateTimeOffset? LastEndedAt { get; init; }

    /// <summary>What came of the last run: done or failed.</summary>
    public string? LastOutcome { get; init; }

    /// <summary>Why the last run failed, as a stable word.</summary>
    public string? LastError { get; init; }
}

[QueryType]
internal static partial class JobQueries
{
    /// <summary>Jobs that are due again and again, by name.</summary>
    [UseConnection(DefaultPageSize = 50), Authorize(Policy = OperationsPermissions.ReadJobs)]
    public static Task<Page<JobRow>> GetJobsAsync(
        PagingArguments paging, QueryContext<JobRow> query, Rows db, CancellationToken ct) =>
        db.Of<JobRow>().With(query, sort => sort.IfEmpty(order => order.AddAscending(job => job.Id)))
            .ToPageAsync(paging, ct);
}

[ObjectType<JobRow>, Authorize(Policy = OperationsPermissions.ReadJobs)]
internal static partial class JobNode;
