using K12Hub.GraphQL.Security;
using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http;

/// <summary>The header <c>GraphQL-Cost</c>: <c>report</c> adds the price to the answer, <c>validate</c> answers the
/// price alone.</summary>
internal static class CostHeader
{
    public const string Name = "GraphQL-Cost";

    /// <exception cref="HttpRefusal">The header says something else.</exception>
    public static CostMode Read(HttpRequest request)
    {
        var value = request.Headers[Name].ToString();
        if (value.Length == 0) return CostMode.Enforce;
        if (value.Equals("report", StringComparison.OrdinalIgnoreCase)) return CostMode.Report;
        return value.Equals("validate", StringComparison.OrdinalIgnoreCase)
            ? CostMode.Validate
            : throw new HttpRefusal(
                StatusCodes.Status400BadRequest, "HTTP_COST_HEADER", $"{Name} is report or validate.");
    }
}
