using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace K12Hub.GraphQL.Http;

/// <summary>What the address of a trusted document says: its id and, when it has several, which operation.</summary>
internal sealed record PersistedAddress(string Id, string? OperationName)
{
    public const string Route = "{id}/{operationName?}";

    public static PersistedAddress Of(HttpContext http) => new(
        http.GetRouteValue("id") as string ?? "", http.GetRouteValue("operationName") as string);
}
