using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using K12Hub.District.Serving;

namespace K12Hub.District.Tests;

public sealed class ServingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task Pages_hold_every_row_of_the_files_once(string version)
    {
        var plan = new DistrictPlan(200);
        await using var server = await RestServer.StartAsync(new(plan), Ct);
        var package = await Package.WriteAsync(plan, version);
        using var http = Client();

        foreach (var name in new[] { "orgs", "academicSessions", "courses", "classes", "users", "enrollments" })
        {
            var ids = new List<string>();
            var total = int.MaxValue;
            while (ids.Count < total)
            {
                var url = $"{(version == "1.1" ? server.Base11 : server.Base12)}/{name}?limit=90&offset={ids.Count}";
                using var answer = await http.GetAsync(url, Ct);
                total = int.Parse(answer.Headers.GetValues("X-Total-Count").Single());
                using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Ct));
                ids.AddRange(json.RootElement.GetProperty(name).EnumerateArray()
                    .Select(row => row.GetProperty("sourcedId").GetString()!));
            }

            Assert.Equal(package.Ids(name).Order(), ids.Order());
        }
    }

    [Fact]
    public async Task Only_what_changed_since_a_day_has_a_later_date()
    {
        var plan = new DistrictPlan(1000, Day: 1);
        await using var server = await RestServer.StartAsync(new(plan), Ct);
        using var http = Client();
        var changes = ChangeList.Of(plan, "1.2").Counts["enrollments"];

        var text = await http.GetStringAsync(
            $"{server.Base12}/enrollments?limit=9999&filter=dateLastModified%3E%272026-08-17T12:00:00Z%27", Ct);

        using var json = JsonDocument.Parse(text);
        var states = json.RootElement.GetProperty("enrollments").EnumerateArray()
            .Select(row => row.GetProperty("status").GetString()).ToList();
        Assert.NotEmpty(states);
        Assert.Equal(changes.Added + changes.Changed, states.Count(state => state == "active"));
        Assert.Equal(changes.Ended, states.Count(state => state == "tobedeleted"));
    }

    [Theory]
    [InlineData("cap:5", 5)]
    [InlineData("heavy:7", 0)]
    [InlineData("strictQuery", 8)]
    public async Task A_fault_that_is_switched_on_shows(string fault, int rows)
    {
        await using var server = await RestServer.StartAsync(
            new(new DistrictPlan(200)) { Faults = Faults.Parse(fault) }, Ct);
        using var http = Client();

        using var answer = await http.GetAsync($"{server.Base11}/users?limit=8", Ct);

        if (rows == 0)
        {
            Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
            return;
        }

        using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Ct));
        Assert.Equal(rows, json.RootElement.GetProperty("users").GetArrayLength());
    }

    [Fact]
    public async Task Who_shows_no_token_reads_nothing()
    {
        await using var server = await RestServer.StartAsync(new(new DistrictPlan(200)), Ct);
        using var http = new HttpClient();

        using var answer = await http.GetAsync($"{server.Base12}/users", Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public void A_fault_that_is_not_known_is_refused() =>
        Assert.Throws<ArgumentException>(() => Faults.Parse("typo"));

    private static HttpClient Client() => new()
    {
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", RestServer.StaticToken) },
    };
}
