namespace K12Hub.GraphQL.Execution;

/// <summary>The time of the request is up, or the caller went away; ends the whole request.</summary>
internal sealed class RequestOverException : Exception
{
    /// <summary>What the caller is told when it was the time.</summary>
    /// <param name="what">What took too long, as in "The request took longer than".</param>
    /// <param name="limit">The time there was.</param>
    /// <param name="taken">The time that was taken.</param>
    public static GraphQLError Late(string what, TimeSpan limit, TimeSpan taken)
    {
        // The timer may be a moment early.
        var seconds = Math.Max(taken.TotalSeconds, limit.TotalSeconds);
        return new($"{what} {limit.TotalSeconds} seconds.")
        {
            Code = LimitCode.Time,
            Extensions = new PassedLimit("executionSeconds", limit.TotalSeconds, seconds).ToExtensions(),
        };
    }
}
