using System.Text.Json.Nodes;
using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.Testing;

namespace K12Hub.Roster.Tests;

/// <summary>Nothing of somebody who is held goes; and what is erased was asked for by one person and approved by
/// another.</summary>
public sealed class HoldTests : IAsyncLifetime
{
    private static readonly Guid Mia = RosterId.Of("sis", "users", "mia");
    private static readonly string Person = NodeId.Encode("Student", Mia)!;
    private static readonly string Erasure = NodeId.Encode("Erasure", ErasureRequest.IdOf(Mia))!;

    private RosterHub hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hub = await RosterHub.WithAsync(Package.Version12());

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_hold_beats_a_request_a_message_and_the_command_line()
    {
        await RequestAsync("reyes");
        await ApproveAsync("okafor");
        var hold = await HoldAsync("case 9");

        Assert.Null(await hub.EraseAsync(Mia));
        Assert.Equal(OutboxResult.Done, await SendAsync());

        Assert.Equal(SubjectState.Known, await StateAsync());
        Assert.Equal("held", await OfErasureAsync("state"));
        Assert.Equal("erasure.held", await ApproveAsync("okafor"));
        await ReleaseAsync(hold);
        Assert.Equal("", await ApproveAsync("okafor"));
        await SendAsync();
        Assert.Equal("erased", await OfErasureAsync("state"));
        Assert.Equal(SubjectState.Erased, await StateAsync());
    }

    [Fact]
    public async Task Each_hold_has_to_be_released_and_the_same_reason_is_one_hold()
    {
        var first = await HoldAsync("case 9");
        Assert.Equal(first, await HoldAsync(" case 9 "));
        var second = await HoldAsync("case 10");
        await ReleaseAsync(first);
        await ReleaseAsync(first);

        Assert.Equal("erasure.held", await RequestAsync("reyes"));
        Assert.NotEqual(first, await HoldAsync("case 9"));
        Assert.Contains(
            "\"holds\":{\"totalCount\":3}", await hub.AskAsync("{ holds(includeReleased: true) { totalCount } }"),
            StringComparison.Ordinal);
        Assert.Contains(second, await hub.AskAsync("{ holds { nodes { id } } }"), StringComparison.Ordinal);
        Assert.DoesNotContain(first, await hub.AskAsync("{ holds { nodes { id } } }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asked_does_not_approve_and_who_declines_ends_it()
    {
        Assert.Equal("", await RequestAsync("reyes"));
        Assert.Equal("", await RequestAsync("okafor"));
        Assert.Equal("erasure.same_person", await ApproveAsync("reyes"));
        Assert.Equal("", await ChangeAsync("reyes", $"declineErasure(input: {{ id: \"{Erasure}\" }})"));
        Assert.Equal("erasure.declined", await ApproveAsync("okafor"));

        Assert.Equal("", await RequestAsync("okafor"));
        Assert.Equal("erasure.same_person", await ApproveAsync("okafor"));
        Assert.Equal("", await ApproveAsync("reyes"));
        Assert.Equal("", await ApproveAsync("reyes"));
        Assert.Equal("1", await hub.District.OneAsync("select count(*) from es.outbox"));
        Assert.Equal(
            "erasure.not_waiting", await ChangeAsync("reyes", $"declineErasure(input: {{ id: \"{Erasure}\" }})"));
    }

    [Fact]
    public async Task The_certificate_says_what_when_and_by_whom_and_nothing_of_the_person()
    {
        await RequestAsync("reyes");
        await ApproveAsync("okafor");
        await SendAsync();
        await SendAsync();

        var certificate = await hub.AskAsync(
            """
            { erasures { nodes { state reason requestedBy decidedBy erasedAt subjects entries
              counts { table rows } person { givenName } } } }
            """);

        var one = JsonNode.Parse(certificate)!["data"]!["erasures"]!["nodes"]![0]!;
        Assert.Equal(("erased", "request 17", "reyes", "okafor"), (
            (string)one["state"]!, (string)one["reason"]!, (string)one["requestedBy"]!, (string)one["decidedBy"]!));
        Assert.Equal($"{Mia}", (string?)one["subjects"]!.AsArray().Single());
        Assert.Equal("[erased]", (string)one["person"]!["givenName"]!);
        Assert.Equal(
            "[{\"table\":\"roster.demographics\",\"rows\":1},{\"table\":\"roster.people\",\"rows\":1},"
            + "{\"table\":\"roster.person_roles\",\"rows\":1}]",
            one["counts"]!.ToJsonString());
        Assert.Equal(
            await hub.District.OneAsync("select erasure_id from es.erasures"), (string)one["entries"]![0]!);
        Assert.Equal("command.subject_erased", await RequestAsync("reyes"));
        Assert.Equal("command.subject_erased", await ChangeAsync("reyes", Hold("case 11")));
    }

    [Fact]
    public async Task Records_that_are_one_person_go_together_and_a_hold_on_one_holds_all()
    {
        var twin = RosterId.Of("sis", "users", "leo");
        await hub.District.ListAsync(
            $"""
            insert into roster.person_links (tenant_id, record_id, person_id)
            values (1, '{Mia}', '{Mia}'), (1, '{twin}', '{Mia}')
            """);
        await hub.AskAsync(Change(Hold("case 9").Replace(
            Person, NodeId.Encode("Student", twin), StringComparison.Ordinal)));
        Assert.Null(await hub.EraseAsync(Mia));
        await hub.District.ListAsync("update roster.legal_holds_v1 set released_at = now()");

        Assert.NotNull(await hub.EraseAsync(Mia));

        Assert.Equal(
            "2", await hub.District.OneAsync("select count(*) from roster.people where given_name = '[erased]'"));
        Assert.Contains("Ana", await PgDump.TextAsync(hub.District.ConnectionString, Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("roster.privacy.read")]
    [InlineData("roster.hold")]
    [InlineData("roster.erasure.request")]
    public async Task Who_may_not_approve_does_not(string permission)
    {
        await RequestAsync("reyes");
        var answer = await hub.AskAsync(Change($"approveErasure(input: {{ id: \"{Erasure}\" }})"), permission);
        Assert.Contains("AUTH_NOT_AUTHORIZED", answer, StringComparison.Ordinal);
    }

    private Task<SubjectState> StateAsync() => hub.District.Store.Erasure.FindSubjectAsync(TestDistrict.Id, Mia, Ct);

    private Task<string> OfErasureAsync(string column) =>
        hub.District.OneAsync($"select {column} from roster.erasures where person_id = '{Mia}'");

    private Task<OutboxResult> SendAsync() =>
        hub.SendAsync<ErasePerson, PersonErasing>(new(ErasureRequest.IdOf(Mia)));

    private Task<string> RequestAsync(string who) => ChangeAsync(
        who, $"requestErasure(input: {{ personId: \"{Person}\", reason: \"request 17\" }})");

    private Task<string> ApproveAsync(string who) =>
        ChangeAsync(who, $"approveErasure(input: {{ id: \"{Erasure}\" }})");

    private async Task<string> HoldAsync(string reason)
    {
        var answer = await hub.AskAsync($"mutation {{ m: {Hold(reason)} {{ legalHold {{ id }} errors {{ code }} }} }}");
        return (string)JsonNode.Parse(answer)!["data"]!["m"]!["legalHold"]!["id"]!;
    }

    private async Task ReleaseAsync(string hold) => Assert.Equal("", await ChangeAsync(
        "reyes", $"releaseHold(input: {{ id: \"{hold}\", reason: \"settled\" }})"));

    private static string Hold(string reason) =>
        $"placeHold(input: {{ personId: \"{Person}\", reason: \"{reason}\" }})";

    private static string Change(string mutation) => $"mutation {{ m: {mutation} {{ errors {{ code }} }} }}";

    /// <summary>The code of the refusal; nothing when it was done.</summary>
    private async Task<string> ChangeAsync(string who, string mutation)
    {
        var answer = JsonNode.Parse(await hub.AskAsAsync(who, Change(mutation)))!;
        Assert.True(answer["data"]?["m"] is not null, answer.ToJsonString());
        return (string?)answer["data"]!["m"]!["errors"]?[0]!["code"] ?? "";
    }
}
