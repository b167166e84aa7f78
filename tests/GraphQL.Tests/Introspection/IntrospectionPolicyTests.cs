using System.Security.Claims;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Tests.Execution;

namespace K12Hub.GraphQL.Tests.Introspection;

/// <summary>The schema is told to whom the policy says, and to nobody without one.</summary>
public sealed class IntrospectionPolicyTests
{
    private const string Policy = "graphql.introspect";
    private const string Denied = """[{"message":"Introspection is not allowed.",""";

    private static readonly ClaimsPrincipal Developer = Person("developer");
    private static readonly ClaimsPrincipal MsReyes = Person("Ms. Reyes");

    [Theory]
    [InlineData("{ __schema { queryType { name } } }")]
    [InlineData("{ name: __type(name: \"Query\") { name } }")]
    [InlineData("{ ...A } fragment A on Query { ... { __type(name: \"Query\") { name } } }")]
    [InlineData("query ($yes: Boolean! = true) { a __type(name: \"Query\") @include(if: $yes) { name } }")]
    public async Task Without_a_policy_nobody_is_answered_and_with_one_those_it_allows(string document)
    {
        Assert.Contains(Denied, await Answer(document, Developer, policy: null), StringComparison.Ordinal);
        Assert.Contains(Denied, await Answer(document, MsReyes), StringComparison.Ordinal);
        Assert.Contains(Denied, await Answer(document, new ClaimsPrincipal()), StringComparison.Ordinal);
        Assert.Contains("\"name\":\"Query\"", await Answer(document, Developer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_refusal_says_where_and_nothing_of_the_document_is_executed() => Assert.Equal(
        """
        {"errors":[{"message":"Introspection is not allowed.","locations":[{"line":1,"column":5}],"extensions":
        """ + """{"code":"GRAPHQL_INTROSPECTION_DENIED"}}]}""",
        await Answer("{ a __schema { queryType { name } } }", MsReyes));

    [Theory]
    [InlineData("{ __typename a }", """{"data":{"__typename":"Query","a":null}}""")]
    [InlineData("{ a __schema @skip(if: true) { queryType { name } } }", """{"data":{"a":null}}""")]
    public async Task The_type_name_and_what_is_skipped_are_nobodys_business(string document, string expected) =>
        Assert.Equal(expected, await Answer(document, MsReyes));

    [Fact]
    public async Task A_document_that_one_was_answered_is_still_refused_to_another()
    {
        const string Document = "{ __schema { queryType { name } } }";
        var policies = new Policies();
        var executor = Executor(policies, Policy);

        Assert.DoesNotContain(Denied, await executor.Answer(Document, user: Developer), StringComparison.Ordinal);
        Assert.Contains(Denied, await executor.Answer(Document, user: MsReyes), StringComparison.Ordinal);
        Assert.Equal([$"{Policy} at Query.__schema", $"{Policy} at Query.__schema"], policies.Asked);
    }

    [Fact]
    public async Task What_is_trusted_may_ask_for_anybody()
    {
        const string Document = "{ __schema { queryType { name } } }";
        var executor = Executor(new Policies(), Policy);
        executor.Builder.ModifyOptions(options =>
        {
            options.PersistedOperations.Documents = TrustedDocuments.Of(Document);
            options.PersistedOperations.Mode = PersistedOperationMode.Prefer;
        });
        var request = new GraphQLRequest
        {
            Document = default,
            DocumentId = TrustedDocuments.Of(Document).Ids.Single(),
            Services = executor.Services,
        };

        using var trusted = await executor.Executor.ExecuteAsync(request, TestContext.Current.CancellationToken);

        Assert.Null(trusted.Failure);
        Assert.Contains(Denied, await executor.Answer(Document), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_fails_is_a_bug_of_ours_and_answers_nothing()
    {
        var executor = Executor(new Policies { Fails = true }, Policy);

        var answer = await executor.Answer("{ __schema { queryType { name } } }", user: Developer);

        Assert.Contains("UNEXPECTED_ERROR", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"data\"", answer, StringComparison.Ordinal);
    }

    private static Task<string> Answer(string document, ClaimsPrincipal user, string? policy = Policy) =>
        Executor(new Policies(), policy).Answer(document, user: user);

    private static TestExecutor Executor(Policies policies, string? policy)
    {
        var executor = new TestExecutor("type Query { a: Int }");
        executor.Services.Add<IFieldAuthorization>(policies);
        executor.Builder.ModifyOptions(options => options.IntrospectionPolicy = policy);
        return executor;
    }

    private static ClaimsPrincipal Person(string name) => new(new ClaimsIdentity([new(ClaimTypes.Name, name)], "test"));

    private sealed class Policies : IFieldAuthorization
    {
        public List<string> Asked { get; } = [];

        public bool Fails { get; init; }

        public async ValueTask<bool> AuthorizeAsync(
            ClaimsPrincipal user, string policy, string coordinate, CancellationToken cancellationToken)
        {
            await Task.Yield();
            Asked.Add($"{policy} at {coordinate}");
            if (Fails) throw new InvalidOperationException("The directory is down.");
            return policy == Policy && user.Identity?.Name == "developer";
        }
    }
}
