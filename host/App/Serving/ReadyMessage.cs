namespace K12Hub.App;

/// <summary>What a person sees when the server can answer: one line for scripts, and in a trial, which has a token,
/// three queries to paste.</summary>
internal static class ReadyMessage
{
    private static readonly string[] Queries =
    [
        "{ schools(first: 5) { totalCount nodes { name } } }",
        "{ students(first: 5) { nodes { givenName familyName grade school { name } "
            + "guardians { givenName familyName } } } }",
        "{ syncRuns(first: 1) { nodes { status startedAt counts { collection added changed ended rejected } } } }",
    ];

    public static void Print(string address, DevelopmentToken? token)
    {
        if (token is null)
        {
            Console.WriteLine($"K12Hub ready at {address}");
            return;
        }

        Console.WriteLine($"K12Hub ready at {address} token={token.Value}");
        foreach (var query in Queries)
        {
            Console.WriteLine();
            Console.WriteLine(
                $"curl -s {address}/graphql -H 'Authorization: Bearer {token.Value}' "
                + $"-H 'Content-Type: application/json' -d '{{\"query\":\"{query}\"}}'");
        }
    }
}
