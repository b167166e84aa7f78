using System.Security.Claims;
using System.Text.Json;
using System.Text.RegularExpressions;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Tests.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Conventions;

/// <summary>The annotated schema of the school, whole: generated, built, executed.</summary>
internal sealed class SchoolHarness : IFieldAuthorization
{
    private readonly RequestExecutor executor;
    private readonly TestServices services = new();
    private readonly HashSet<string> allowed;
    private ClaimsPrincipal user = new();

    public SchoolHarness(params string[] policies)
        : this(_ => { }, policies)
    {
    }

    public SchoolHarness(Action<RequestExecutorOptions> configure, params string[] policies)
    {
        allowed = [.. policies];
        services.Add(Book);
        services.Add<IFieldAuthorization>(this);
        var builder = new RequestExecutorBuilder();
        builder.ConfigureSchema(schema => schema.RequirePolicies = true).AddSchoolTypes().ModifyOptions(configure);
        executor = builder.Build();
    }

    public SchoolBook Book { get; } = new();

    public Schema Schema => executor.Schema;

    /// <summary>Which values a policy asked after the resolver admits.</summary>
    public Func<object?, bool> MaySee { get; set; } = _ => false;

    /// <summary>From now on asks as somebody with a role; null as nobody.</summary>
    public void SignIn(string? role) => user = role is null
        ? new ClaimsPrincipal()
        : new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], "test"));

    public static string Id(string type, int number) => NodeId.Encode(type, SchoolBook.Key(number))!;

    public ValueTask<bool> AuthorizeAsync(
        ClaimsPrincipal user, string policy, string coordinate, CancellationToken cancellationToken) =>
        ValueTask.FromResult(allowed.Contains(policy));

    public ValueTask<bool> AuthorizeAsync(
        ClaimsPrincipal user, string policy, string coordinate, object? value, CancellationToken cancellationToken) =>
        ValueTask.FromResult(allowed.Contains(policy) && MaySee(value));

    public async Task<string> Answer(string document, string? variables = null)
    {
        using var result = await executor.ExecuteAsync(
            GraphQLRequest.FromText(document, services, variables) with { User = user });
        return result.ToJson();
    }

    /// <summary>Compares answers without regard to white space; <c>@Student/3</c> stands for the global id.</summary>
    public async Task Answers(string expected, string document, string? variables = null) =>
        Assert.Equal(Compact(WithIds(expected)), Compact(await Data(WithIds(document), variables)));

    /// <summary>The text with global ids for <c>@Student/3</c>.</summary>
    public static string WithIds(string text) => Regex.Replace(
        text, @"@(\w+)/(\d+)", match => Id(match.Groups[1].Value, int.Parse(match.Groups[2].ValueSpan)));

    /// <summary>The data alone; errors fail the test.</summary>
    public async Task<string> Data(string document, string? variables = null)
    {
        var answer = await Answer(document, variables is null ? null : WithIds(variables));
        using var json = JsonDocument.Parse(answer);
        Assert.False(json.RootElement.TryGetProperty("errors", out _), answer);
        return json.RootElement.GetProperty("data").GetRawText();
    }

    /// <summary>The code of the only error.</summary>
    public async Task<string?> Code(string document, string? variables = null)
    {
        var answer = await Answer(WithIds(document), variables is null ? null : WithIds(variables));
        using var json = JsonDocument.Parse(answer);
        Assert.True(json.RootElement.TryGetProperty("errors", out var errors), answer);
        var error = Assert.Single(errors.EnumerateArray());
        return error.GetProperty("extensions").GetProperty("code").GetString();
    }

    private static string Compact(string json) => JsonSerializer.Serialize(JsonElement.Parse(json));
}
