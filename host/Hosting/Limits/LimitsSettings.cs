using System.ComponentModel.DataAnnotations;

namespace K12Hub.Hosting;

/// <summary>How often one may ask, counted over all nodes. Those that are 0 are none.</summary>
public sealed class LimitsSettings
{
    /// <summary>Requests to the API of one account or token within a minute; 0 to 1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int RequestsPerMinute { get; init; } = 6_000;

    /// <summary>Files that one account or token takes away within a minute; 0 to 10,000.</summary>
    [Range(0, 10_000)]
    public int ExportsPerMinute { get; init; } = 20;

    /// <summary>Requests from one address outside the API within a minute: pages to sign in with and the like. A school
    /// may have one address; 0 to 1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int PagesPerMinute { get; init; } = 1_200;

    /// <summary>Wrong tokens from one address within a minute; 0 to 100,000.</summary>
    [Range(0, 100_000)]
    public int WrongTokensPerMinute { get; init; } = 60;

    /// <summary>How many nodes there are: while the database cannot be asked, each lets through its part; 1 to
    /// 100.</summary>
    [Range(1, 100)]
    public int Nodes { get; init; } = 2;

    /// <summary>Requests of whoever signed in.</summary>
    public Limit Requests => Limit.PerMinute("api.requests", RequestsPerMinute);

    /// <summary>Files that are taken away.</summary>
    public Limit Exports => Limit.PerMinute("api.exports", ExportsPerMinute);

    /// <summary>Requests of whoever did not sign in.</summary>
    public Limit Pages => Limit.PerMinute("pages", PagesPerMinute);

    /// <summary>Tokens that are none.</summary>
    public Limit WrongTokens => Limit.PerMinute("api.wrong_tokens", WrongTokensPerMinute);
}
