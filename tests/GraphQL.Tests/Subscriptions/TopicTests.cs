using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Subscriptions;

namespace K12Hub.GraphQL.Tests.Subscriptions;

public sealed class TopicTests
{
    private readonly Topics topics = new(capacity: 3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscribers_get_what_is_sent_to_their_topic_after_they_came()
    {
        await topics.SendAsync("bell", "before", Ct);
        await using var one = await topics.SubscribeAsync<string>("bell", Ct);
        await topics.SendAsync("bell", "first", Ct);
        await using var two = await topics.SubscribeAsync<string>("bell", Ct);
        await topics.SendAsync("gong", "another topic", Ct);
        await topics.SendAsync("bell", 5, Ct);
        await topics.SendAsync("bell", "second", Ct);
        await topics.CompleteAsync("bell");

        Assert.Equal(["first", "second"], await All(one));
        Assert.Equal(["second"], await All(two));
    }

    [Fact]
    public async Task Who_falls_behind_gets_what_is_there_and_then_an_error_and_the_others_all()
    {
        await using var slow = await topics.SubscribeAsync<string>("bell", Ct);
        await using var quick = await topics.SubscribeAsync<string>("bell", Ct);
        await using var reading = quick.ReadEventsAsync().GetAsyncEnumerator(Ct);
        for (var i = 1; i <= 5; i++)
        {
            await topics.SendAsync("bell", $"{i}", Ct);
            Assert.True(await reading.MoveNextAsync());
            Assert.Equal($"{i}", reading.Current);
        }

        var seen = new List<string>();
        var error = await Assert.ThrowsAsync<GraphQLException>(async () =>
        {
            await foreach (var one in slow.ReadEventsAsync()) seen.Add(one);
        });

        Assert.Equal(["1", "2", "3"], seen);
        Assert.Equal("SUBSCRIPTION_TOO_SLOW", error.Error.Code);
        Assert.Equal(
            ["measure: eventsBehind", "limit: 3", "actual: 4"],
            error.Error.Extensions!.Select(entry => $"{entry.Key}: {entry.Value}"));
    }

    [Fact]
    public async Task A_topic_is_forgotten_with_its_last_subscriber()
    {
        var one = await topics.SubscribeAsync<string>("bell", Ct);
        var two = await topics.SubscribeAsync<string>("bell", Ct);

        await one.DisposeAsync();
        await one.DisposeAsync();
        Assert.Equal(1, topics.Count);

        await two.DisposeAsync();
        Assert.Equal(0, topics.Count);
    }

    [Fact]
    public async Task Nobody_is_lost_between_comers_and_goers()
    {
        await Parallel.ForAsync(0, 2_000, Ct, async (i, ct) =>
        {
            await using var stream = await topics.SubscribeAsync<object>("bell", ct);
            await topics.SendAsync<object>("bell", i, ct);
            await foreach (var _ in stream.ReadEventsAsync().WithCancellation(ct)) break;
        });

        Assert.Equal(0, topics.Count);
    }

    private static async Task<List<string>> All(ISourceStream<string> stream)
    {
        var all = new List<string>();
        await foreach (var one in stream.ReadEventsAsync()) all.Add(one);
        return all;
    }
}
