using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Subscriptions;

namespace K12Hub.GraphQL.Tests.Subscriptions;

/// <summary>How a subscription ends other than by its source's end.</summary>
public sealed class EndingTests
{
    private readonly TestSubscriptions bells = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_that_cannot_be_opened_is_an_error_of_the_request_with_its_place()
    {
        bells.Subscribe = _ => throw new GraphQLException("no rope", "NO_ROPE");

        Assert.Equal(
            ["""{"errors":[{"message":"no rope","locations":[{"line":1,"column":16}],"path":["b"],"""
                + "\"extensions\":{\"code\":\"NO_ROPE\"}}]}"],
            await bells.All("subscription { b: bell }"));
    }

    [Fact]
    public async Task An_unexpected_exception_of_the_source_is_masked()
    {
        bells.Subscribe = async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("password is 1234");
        };

        var only = Assert.Single(await bells.All("subscription { bell }"));

        Assert.Contains("UNEXPECTED_ERROR", only, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_breaks_off_ends_with_an_error_after_its_events()
    {
        bells.Send("first");
        bells.End(new GraphQLException("rope torn"));

        var results = await bells.All("subscription { bell }");

        Assert.Equal("""{"data":{"bell":"first"}}""", results[0]);
        Assert.Contains("rope torn", results[1], StringComparison.Ordinal);
        Assert.Equal(2, results.Count);
        await bells.Disposed;
    }

    [Fact]
    public async Task A_source_that_does_not_open_in_time_is_given_up_and_disposed_when_it_opens()
    {
        var opening = new TaskCompletionSource<ISourceStream>();
        bells.Options.ExecutionTimeout = TimeSpan.FromMilliseconds(50);
        bells.Subscribe = _ => new(opening.Task);

        Assert.Contains("TIMEOUT", Assert.Single(await bells.All("subscription { bell }")), StringComparison.Ordinal);

        opening.SetResult(bells.Open());
        await bells.Disposed;
    }

    [Fact]
    public async Task A_caller_who_goes_ends_the_stream_and_the_source_though_it_does_not_listen()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using var results = bells.Stream("subscription { bell }", ct: caller.Token).GetAsyncEnumerator(Ct);
        bells.Send("first");
        Assert.True(await results.MoveNextAsync());

        var next = results.MoveNextAsync();
        await caller.CancelAsync();

        Assert.False(await next);
        await bells.Disposed;
    }

    [Fact]
    public async Task A_reader_who_stops_reading_closes_the_source()
    {
        bells.Send("first", "second");

        await foreach (var result in bells.Stream("subscription { bell }", ct: Ct))
        {
            result.Dispose();
            break;
        }

        await bells.Disposed;
    }

    [Fact]
    public async Task Who_may_not_listen_gets_no_source()
    {
        var opened = false;
        bells.Revoked = "listen";
        bells.Subscribe = _ =>
        {
            opened = true;
            return new(bells.Open());
        };

        Assert.Contains("AUTH_NOT_AUTHORIZED", Assert.Single(await bells.All("subscription { bell }")),
            StringComparison.Ordinal);
        Assert.False(opened);
    }

    [Fact]
    public async Task Who_loses_the_permission_gets_no_further_event()
    {
        await using var results = bells.Stream("subscription { bell }", ct: Ct).GetAsyncEnumerator(Ct);
        bells.Send("first");
        Assert.True(await results.MoveNextAsync());

        bells.Revoked = "listen";
        bells.Send("secret", "more");

        Assert.True(await results.MoveNextAsync());
        Assert.Contains("AUTH_NOT_AUTHORIZED", results.Current.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", results.Current.ToJson(), StringComparison.Ordinal);
        Assert.False(await results.MoveNextAsync());
        await bells.Disposed;
    }

    [Fact]
    public async Task A_field_without_source_says_so() => Assert.Contains(
        "Subscription.silent has no source of events.",
        Assert.Single(await bells.All("subscription { silent }")),
        StringComparison.Ordinal);

    [Fact]
    public async Task Loaders_are_for_fields_not_for_the_source()
    {
        bells.End();
        bells.Subscribe = context =>
        {
            Assert.NotNull(context.Loaders);
            return new(bells.Open());
        };

        Assert.Contains("UNEXPECTED_ERROR", Assert.Single(await bells.All("subscription { bell }")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_reach_the_source()
    {
        var school = "";
        bells.Subscribe = context =>
        {
            school = context.Argument<string>("school")!;
            return new(bells.Open());
        };
        bells.End();

        await bells.All("subscription($s: String) { bell(school: $s) }", """{"s":"lincoln"}""");

        Assert.Equal("lincoln", school);
    }
}
