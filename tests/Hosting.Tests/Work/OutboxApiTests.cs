using System.Text.Json;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Hosting.Tests.Work;

/// <summary>What operators see of the outbox, and what they may do about dead letters.</summary>
public sealed class OutboxApiTests : IAsyncLifetime
{
    private ClubHub hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub = await ClubHub.StartAsync();
        await using var command = hub.Store.OwnerDataSource.CreateCommand(
            """
            insert into es.outbox
              (tenant_id, kind, dedupe_key, payload, due_at, leased_until, done_at, dead_at, attempts)
            values (1, 'mail.send', 'due', '{"to":"ana"}', now() - interval '1 hour', null, null, null, 0),
                   (1, 'mail.send', 'leased', '{"to":"ana"}', now(), now() + interval '1 hour', null, null, 1),
                   (1, 'mail.send', 'waiting', '{"to":"ana"}', now() + interval '1 hour', null, null, null, 2),
                   (1, 'mail.send', 'dead', '{"to":"ana"}', now(), null, null, now(), 8),
                   (1, 'mail.send', 'done', '{"to":"ana"}', now(), null, now(), null, 1),
                   (2, 'mail.send', 'dead', '{"to":"ben"}', now(), null, null, now(), 8)
            """);
        await command.ExecuteNonQueryAsync(Ct);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Theory]
    [InlineData("DUE", 0)]
    [InlineData("LEASED", 1)]
    [InlineData("WAITING", 2)]
    [InlineData("DEAD", 8)]
    [InlineData("DONE", 1)]
    public async Task Messages_are_listed_by_state(string state, int attempts)
    {
        var data = await hub.OperateAsync(
            $$"""{ outboxMessages(state: {{state}}) { totalCount nodes { kind state attempts } } }""");

        Assert.Equal(
            $$$"""{"totalCount":1,"nodes":[{"kind":"mail.send","state":"{{{state}}}","attempts":{{{attempts}}}}]}""",
            data.GetProperty("outboxMessages").GetRawText());
    }

    [Fact]
    public void What_a_message_says_cannot_be_asked()
    {
        var executor = (RequestExecutor)hub.Services.GetRequiredService<IRequestExecutor>();
        var type = (ObjectType)executor.Schema.FindType("OutboxMessage")!;

        Assert.Equal(
            ["attempts", "deadAt", "doneAt", "dueAt", "error", "handledBy", "id", "kind", "leaseOwner", "recordedAt",
                "state"],
            type.Fields.Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{ outboxMessages { totalCount } }", "jobs.read,outbox.handle")]
    [InlineData("{ jobs { totalCount } }", "outbox.read,outbox.handle")]
    [InlineData("mutation { retryOutboxMessage(input: {id: \"T3\"}) { errors { code } } }", "outbox.read,jobs.read")]
    public async Task Each_has_a_permission_of_its_own(string document, string others)
    {
        var answer = await hub.AskAsync(document, others, null);

        Assert.Equal(
            "AUTH_NOT_AUTHORIZED",
            answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_dead_letter_is_retried_by_name_of_who_did_it()
    {
        var payload = await HandleAsync("retryOutboxMessage", await IdOfAsync("DEAD"));

        Assert.Equal(
            """{"outboxMessage":{"state":"DUE","handledBy":"ms-reyes"},"errors":null}""", payload.GetRawText());
    }

    [Fact]
    public async Task A_dead_letter_is_discarded_once()
    {
        var id = await IdOfAsync("DEAD");
        var payload = await HandleAsync("discardOutboxMessage", id);
        var again = await HandleAsync("discardOutboxMessage", id);

        Assert.Equal(
            """{"outboxMessage":{"state":"DISCARDED","handledBy":"ms-reyes"},"errors":null}""", payload.GetRawText());
        Assert.Equal("outbox.not_dead", again.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_is_not_dead_or_of_another_district_is_refused()
    {
        var other = GraphQL.Conventions.NodeId.Encode("OutboxMessage", "6")!;

        Assert.All(
            new[]
            {
                await HandleAsync("retryOutboxMessage", await IdOfAsync("DUE")),
                await HandleAsync("discardOutboxMessage", await IdOfAsync("LEASED")),
                await HandleAsync("retryOutboxMessage", other),
            },
            refused => Assert.Equal(
                "outbox.not_dead", refused.GetProperty("errors")[0].GetProperty("code").GetString()));
    }

    private async Task<string> IdOfAsync(string state) =>
        (await hub.OperateAsync($$"""{ outboxMessages(state: {{state}}) { nodes { id } } }"""))
            .GetProperty("outboxMessages").GetProperty("nodes")[0].GetProperty("id").GetString()!;

    private async Task<JsonElement> HandleAsync(string mutation, string id) =>
        (await hub.OperateAsync(
            $$"""
            mutation {
              {{mutation}}(input: {id: "{{id}}"}) { outboxMessage { state handledBy } errors { code } }
            }
            """)).GetProperty(mutation);
}
