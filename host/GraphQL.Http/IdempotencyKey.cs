using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http;

/// <summary>The header by which a client marks a request that it may send again.</summary>
internal static class IdempotencyKey
{
    private const string Header = "Idempotency-Key";
    private const int Longest = 255;

    /// <summary>The key; null when there is none.</summary>
    /// <exception cref="BadParametersException">The header is there, but holds no key.</exception>
    public static string? Of(HttpRequest request) => request.Headers[Header] switch
    {
        [] => null,
        [{ Length: > 0 and <= Longest } key] => key,
        _ => throw new BadParametersException($"The header {Header} holds one value of 1 to {Longest} characters."),
    };
}
