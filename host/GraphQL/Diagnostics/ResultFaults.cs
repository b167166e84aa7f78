using System.Collections.Concurrent;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Diagnostics;

/// <summary>Resolvers that gave what the schema does not allow, for a log that is not to be flooded: nothing was
/// thrown, so the code and the field are all there is to say, and every request may say it again.</summary>
/// <param name="time">What measures the pause.</param>
public sealed class ResultFaults(TimeProvider time)
{
    /// <summary>No field is told again, under the same code, for so long.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    // As many entries as the schema has fields, twice: callers cannot add one.
    private readonly ConcurrentDictionary<(string Coordinate, string Code), long> told = new();

    /// <summary>Whether the error is a mistake of ours that nobody wrote down lately; then it counts as written
    /// down.</summary>
    /// <param name="error">An error as a filter sees it.</param>
    public bool IsNews(GraphQLError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error is not { Coordinate: { } at, Code: ResultErrors.NullCode or ResultErrors.ValueCode }) return false;

        var (key, now) = ((at, error.Code), time.GetTimestamp());
        return told.TryGetValue(key, out var before)
            ? time.GetElapsedTime(before, now) >= Pause && told.TryUpdate(key, now, before)
            : told.TryAdd(key, now);
    }
}
