using System.Text.Json;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting.Tests.Clubs;
using K12Hub.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Hosting.Tests.Policy;

/// <summary>Roles are given, for some things and for a time, by those who have as much.</summary>
public sealed class GrantTests : IAsyncLifetime
{
    private const string Everything =
        "clubs.read,clubs.write,reports.read,policy.read,policy.grant,policy.explain,outbox.read,jobs.read,"
        + "breakGlass.read,breakGlass.request,notes.read,audit.read";

    // This district has what begins with zeros.
    private const string Ours =
        "select id from unnest($2::uuid[]) id where $1::smallint = 1 and id::text like '00000000-%'";

    private static readonly Guid Okafor = new("00000000-0000-4000-8000-00000000000f");
    private static readonly Guid Lincoln = new("00000000-0000-4000-8000-000000000001");

    private readonly ManualTime time = new(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private ClubHub hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub = await ClubHub.StartAsync(time: time, more: hub => hub
            .Permission(new("reports.read", "Read reports.", FieldGroup.Directory, ReachKind.Schools))
            .Known("account", Ours).Known("school", Ours).Known("topic", Ours)
            .Role(Roles.Auditor, ReachKind.District, ClubsModule.Read)
            .Role(Roles.SchoolAdministrator, ReachKind.Schools, "reports.read"));
        await hub.Store.ApplySchemaAsync(Ct);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_role_is_had_while_its_grant_is_in_force()
    {
        await GivenAsync("role: \"auditor\", from: \"2026-12-01T00:00:00Z\", until: \"2026-12-31T00:00:00Z\"");

        var before = await ReachAsync(ClubsModule.Read);
        time.Advance(TimeSpan.FromDays(1));
        var during = await ReachAsync(ClubsModule.Read);
        time.Advance(TimeSpan.FromDays(30));

        Assert.Equal(
            (ReachKind.None, ReachKind.District, ReachKind.None),
            (before.Kind, during.Kind, (await ReachAsync(ClubsModule.Read)).Kind));
    }

    [Fact]
    public async Task What_is_ended_is_over_at_once_and_says_why()
    {
        var id = await GivenAsync("role: \"auditor\"");
        var had = await ReachAsync(ClubsModule.Read);

        await hub.AskAsync(
            $"mutation {{ endGrant(input: {{ id: \"{id}\", reason: \"Left.\" }}) {{ errors {{ code }} }} }}",
            Everything, null);

        Assert.Equal((true, ReachKind.None), (had.IsDistrict, (await ReachAsync(ClubsModule.Read)).Kind));
        var ended = await hub.AskAsync("{ grants(includeEnded: true) { nodes { role endReason } } }", Everything, null);
        Assert.Contains("Left.", ended.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_for_schools_reaches_them()
    {
        await GivenAsync($"role: \"schoolAdministrator\", schoolIds: [\"{NodeId.Encode("School", Lincoln)}\"]");

        Assert.Equal([Lincoln], (await ReachAsync("reports.read")).Schools);
        Assert.Equal(ReachKind.None, (await ReachAsync(ClubsModule.Read)).Kind);
    }

    [Fact]
    public async Task Nobody_gives_what_goes_farther_than_what_they_have() => Assert.Equal(
        "auth.not_authorized", await RefusalAsync("role: \"auditor\"", "policy.grant,policy.read"));

    [Theory]
    [InlineData("role: \"king\"", "grant.role")]
    [InlineData("role: \"family\"", "grant.role")]
    [InlineData("role: \"schoolAdministrator\"", "grant.scope")]
    [InlineData("role: \"auditor\", topicIds: [\"00000000-0000-4000-8000-000000000001\"]", "grant.scope")]
    [InlineData("role: \"auditor\", until: \"2026-11-30T08:00:00Z\"", "grant.until")]
    public async Task What_cannot_be_given_is_refused(string input, string code) =>
        Assert.Equal(code, await RefusalAsync(input, Everything));

    [Theory]
    [InlineData("accountId", "account.not_found", "")]
    [InlineData("schoolIds", "school.not_found", "School")]
    [InlineData("topicIds", "topic.not_found", "")]
    public async Task What_there_is_not_is_refused_at_its_field(string field, string code, string type)
    {
        var nobody = new Guid("10000000-0000-4000-8000-00000000000f");
        var id = type.Length == 0 ? nobody.ToString() : NodeId.Encode(type, nobody);
        var value = field == "accountId" ? $"\"{id}\"" : $"[\"{id}\"]";
        var account = field == "accountId" ? "" : $"accountId: \"{Okafor}\", ";

        var refused = (await AskAsync($"{account}{field}: {value}, role: \"schoolAdministrator\"", Everything))
            .GetProperty("errors")[0];

        Assert.Equal(
            (code, $"[\"{field}\"]"),
            (refused.GetProperty("code").GetString(), refused.GetProperty("path").GetRawText()));
        Assert.Equal("0", await hub.TextAsync("select count(*) from policy.grants_v1"));
    }

    [Fact]
    public async Task An_account_without_a_role_may_nothing() =>
        Assert.Empty((await ViewerAsync()).Reaches);

    private async Task<string> GivenAsync(string input)
    {
        var payload = await PayloadAsync(input, Everything);
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("errors").ValueKind);
        return payload.GetProperty("grant").GetProperty("id").GetString()!;
    }

    private async Task<string> RefusalAsync(string input, string permissions) =>
        (await PayloadAsync(input, permissions)).GetProperty("errors")[0].GetProperty("code").GetString()!;

    private Task<JsonElement> PayloadAsync(string input, string permissions) =>
        AskAsync($"accountId: \"{Okafor}\", {input}", permissions);

    private async Task<JsonElement> AskAsync(string input, string permissions)
    {
        var answer = await hub.AskAsync(
            $"mutation {{ grantRole(input: {{ reason: \"Asked by the board.\", {input} }}) "
                + "{ grant { id } errors { code path } } }",
            permissions, null);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data").GetProperty("grantRole");
    }

    private async Task<Reach> ReachAsync(string permission) => (await ViewerAsync()).ReachOf(permission);

    private ValueTask<Viewer> ViewerAsync() =>
        hub.Services.GetRequiredService<IViewerGrants>().ViewerOfAsync(ClubHub.District, Okafor, Ct);
}
