using System.Security.Claims;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Execution;

public sealed class AuthorizationTests
{
    private static readonly ClaimsPrincipal MsReyes = new(new ClaimsIdentity([new Claim("name", "Ms. Reyes")], "test"));

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_policy_is_asked_once_and_decides_every_field_that_names_it(bool late)
    {
        var policies = new Policies(late, "read");

        Assert.Equal("""{"data":{"a":"open","b":"open","secret":"open"}}""", await Answer(policies, MsReyes));
        Assert.Equal(["read at Query.a"], policies.Asked);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Who_may_not_is_told_at_the_field(bool late) => Assert.Contains(
        "\"path\":[\"b\"],\"extensions\":{\"code\":\"AUTH_NOT_AUTHORIZED\"}",
        await Answer(new Policies(late, "write"), MsReyes),
        StringComparison.Ordinal);

    [Fact]
    public async Task Who_did_not_sign_in_is_told_so() => Assert.Contains(
        "AUTH_NOT_AUTHENTICATED", await Answer(new Policies(late: false, "write"), null), StringComparison.Ordinal);

    [Fact]
    public async Task With_nobody_to_ask_the_answer_is_no() =>
        Assert.Contains("AUTH_NOT_AUTHORIZED", await Answer(null, MsReyes), StringComparison.Ordinal);

    [Fact]
    public async Task A_refused_field_is_not_resolved()
    {
        var answer = await Answer(new Policies(late: false, "write"), MsReyes);

        Assert.EndsWith("""data":{"a":null,"b":null,"secret":null}}""", answer, StringComparison.Ordinal);
    }

    private static async Task<string> Answer(Policies? policies, ClaimsPrincipal? user)
    {
        var open = new PureResolver(_ => "open");
        var leaf = new LeafResolver((object _, ref JsonArena json) => json.WriteString("open"));
        var schema = new SchemaBuilder().ExtendObject(
            "Query",
            new FieldDefinition("a", "String") { Policy = "read", Resolver = open },
            new FieldDefinition("b", "String") { Policy = "read", Resolver = leaf },
            new FieldDefinition("secret", "String") { Policy = "read", Resolver = new AsyncResolver(async _ =>
            {
                await Task.Yield();
                return "open";
            }) });
        var services = new TestServices();
        if (policies is not null) services.Add<IFieldAuthorization>(policies);
        var executor = new RequestExecutorBuilder().Build(schema.Build().GetSchemaOrThrow());
        var request = GraphQLRequest.FromText("{ a b secret }", services) with { User = user ?? new ClaimsPrincipal() };
        using var result = await executor.ExecuteAsync(request);
        return result.ToJson();
    }

    private sealed class Policies(bool late, string granted) : IFieldAuthorization
    {
        public List<string> Asked { get; } = [];

        public async ValueTask<bool> AuthorizeAsync(
            ClaimsPrincipal user, string policy, string coordinate, CancellationToken cancellationToken)
        {
            Asked.Add($"{policy} at {coordinate}");
            if (late) await Task.Delay(2, cancellationToken);
            return policy == granted;
        }
    }
}
