namespace K12Hub.GraphQL.Execution;

/// <summary>The response would be larger than <see cref="RequestExecutorOptions.MaxResponseBytes"/>; ends the whole
/// request.</summary>
internal sealed class ResponseTooLargeException(int limit, long actual)
    : Exception($"The response has {actual} bytes or more where {limit} are allowed.")
{
    /// <summary>What the caller is told.</summary>
    /// <param name="path">The field that was being written.</param>
    public GraphQLError ToError(object[] path)
    {
        var extensions = new PassedLimit("responseBytes", limit, actual).ToExtensions();
        extensions["at"] = path;
        var place = path.Length == 0 ? "" : $", at {string.Join('.', path)}";
        return new GraphQLError(
            $"The response is too large{place}: {PassedLimit.Text(actual)} bytes where at most "
                + $"{PassedLimit.Text(limit)} are allowed. Ask for smaller pages.")
        {
            Code = LimitCode.Response,
            Extensions = extensions,
        };
    }
}
