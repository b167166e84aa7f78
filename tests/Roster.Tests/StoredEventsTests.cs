using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using K12Hub.Hosting;
using K12Hub.Testing;

namespace K12Hub.Roster.Tests;

/// <summary>Stored events are a promise for ever: a changed file under approved asks where the upcaster is.</summary>
public sealed class StoredEventsTests
{
    [Fact]
    public async Task Every_event_is_stored_as_approved()
    {
        await using var district = await TestDistrict.CreateAsync();
        await district.ImportAsync(Package.Version12());
        await district.ImportAsync(Package.Version12()
            .Change("enrollments.csv", "2027-06-12", "2027-01-16").Without("demographics.csv", "mia"));
        await district.ImportAsync(Package.Version12());
        var ct = TestContext.Current.CancellationToken;
        var last = await district.ImportAsync(Package.Version12()
            .With("enrollments.csv", "e3,,,math3a,lincoln,mia,student,,,"));
        await district.Runs.RollBackAsync(TestDistrict.Id, last.Run!.Value, "cli:test", ct);
        await district.ImportAsync(Package.Version12().Without("users.csv", "mia").Without("roles.csv", "r3"));
        await PeopleAsync(district, ct);
        await OverrideAsync(district, ct);
        await MatchAsync(district, ct);
        await DirectoryAsync(district, ct);
        await AmendAsync(district, ct);
        await ScheduleAsync(district, ct);
        await PrivacyAsync(district, ct);

        await district.OpenEventsAsync();
        var told = new JsonObject();
        foreach (var type in await district.ListAsync("select distinct type from es.events order by 1"))
        {
            var schema = await district.OneAsync($"select distinct schema from es.events where type = '{type}'");
            var data = JsonNode.Parse(await district.OneAsync($"""
                select data from es.events where type = '{type}' order by position limit 1
                """));
            if (data!["record"] is JsonObject sealedRecord && sealedRecord.ContainsKey("$e"))
            {
                Assert.Single(sealedRecord);
                data["record"] = JsonNode.Parse(await district.OneAsync(
                    $"select record from opened where type = '{type}' order by position limit 1"));
            }

            foreach (var never in (string[])["startedAt", "durationMs", "origin", "appliedAt", "entries"])
            {
                data!.AsObject().Remove(never);
            }

            (data!["record"] as JsonObject)?.Remove("since");
            foreach (var hidden in (string[])["reason", "said", "what", "why", "statement"])
            {
                if (data[hidden] is JsonObject said && said.ContainsKey("$e")) data[hidden] = "sealed";
            }

            told.Add($"{type} {schema}", data);
        }

        var text = told.ToJsonString(Json.Readable) + "\n";
        if (Environment.GetEnvironmentVariable("K12HUB_APPROVE") is "1")
        {
            await File.WriteAllTextAsync(Approved(), text, ct);
        }

        Assert.Equal(await File.ReadAllTextAsync(Approved(), ct), text);
    }

    private static async Task DirectoryAsync(TestDistrict district, CancellationToken ct)
    {
        var desk = new DirectoryDesk(
            district.Store, new ManualTime(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero)));
        var student = RosterId.Of("sis", "users", "leo");
        var wish = new DirectoryWish(["name"], new(2026, 9, 1), "mother");
        await desk.NameAsync(
            TestDistrict.Id, [DirectoryCategory.Name], new(2026, 8, 20), ["Yearbook"], "okafor", ct);
        await desk.OptOutAsync(TestDistrict.Id, student, wish, "okafor", ct);
        await desk.WithdrawAsync(TestDistrict.Id, student, wish, "okafor", ct);
        await desk.NeedConsentAsync(TestDistrict.Id, student, true, wish, "okafor", ct);
    }

    private static async Task PrivacyAsync(TestDistrict district, CancellationToken ct)
    {
        var time = new ManualTime(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
        var holds = new LegalHolds(district.Store, time);
        var desk = new ErasureDesk(district.Store, new SecondPerson([]), time);
        var (person, other) = (RosterId.Of("sis", "users", "reyes"), RosterId.Of("sis", "users", "okafor"));
        var (hold, _) = await holds.PlaceAsync(TestDistrict.Id, person, "case 9", "okafor", ct);
        await holds.ReleaseAsync(TestDistrict.Id, hold, "settled", "okafor", ct);
        await desk.RequestAsync(TestDistrict.Id, other, "request 16", "reyes", ct);
        await desk.DeclineAsync(TestDistrict.Id, ErasureRequest.IdOf(other), "okafor", ct);
        await desk.RequestAsync(TestDistrict.Id, person, "request 17", "reyes", ct);
        await desk.ApproveAsync(TestDistrict.Id, ErasureRequest.IdOf(person), "okafor", ct);
        await holds.PlaceAsync(TestDistrict.Id, person, "case 10", "okafor", ct);
        var erasure = new PersonErasure(district.Store, [], time);
        await new PersonErasing(district.Store, erasure, time).SendAsync(
            new(ErasureRequest.IdOf(person)), new(1, TestDistrict.Id, "", "", default, 1, 8, new()), ct);
        await erasure.EraseAsync(TestDistrict.Id, new("00000000-0000-4000-8000-00000000dead"), "18", "okafor", ct);
    }

    private static async Task AmendAsync(TestDistrict district, CancellationToken ct)
    {
        var time = new ManualTime(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
        var desk = new AmendmentDesk(district.Store, new(), new() { TimeZone = "America/Chicago" }, time);
        var okafor = Viewer.Of(Viewer.Principal(
            "okafor", TestDistrict.Id, [RosterPermissions.RequestAmendment, RosterPermissions.DecideAmendment]));
        var leo = RosterId.Of("sis", "users", "leo");
        var (id, _) = await desk.RequestAsync(TestDistrict.Id, okafor, leo, "Address", "We moved.", ct);
        await desk.DeclineAsync(TestDistrict.Id, okafor, id, "It is right.", ct);
        await desk.AddStatementAsync(TestDistrict.Id, okafor, id, "It is not.", ct);
        await desk.AcceptAsync(TestDistrict.Id, okafor, id, ct);
    }

    private static async Task ScheduleAsync(TestDistrict district, CancellationToken ct)
    {
        var time = new ManualTime(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
        var desk = new RetentionDesk(district.Store, new SecondPerson([]), time);
        await desk.SetAsync(TestDistrict.Id, RetentionKind.Staff, "P7Y", "State rule 12", "reyes", ct);
        await desk.ApproveAsync(TestDistrict.Id, RetentionKind.Staff, "P7Y", "okafor", ct);
        await desk.SetAsync(TestDistrict.Id, RetentionKind.Staff, "P1Y", "State rule 12", "reyes", ct);
        await desk.DeclineAsync(TestDistrict.Id, RetentionKind.Staff, "okafor", ct);
        await desk.EndAsync(TestDistrict.Id, RetentionKind.Staff, "okafor", ct);
    }

    private static async Task MatchAsync(TestDistrict district, CancellationToken ct)
    {
        await district.ImportAsync("hr", Package.Version12());
        await new PeopleMatching(district.Store, TimeProvider.System, new()).RunAsync(TestDistrict.Id, "cli:test", ct);
        var decisions = new MatchDecisions(district.Store, TimeProvider.System);
        var (first, second) = MatchDecisions.Ordered(
            RosterId.Of("sis", "users", "reyes"), RosterId.Of("hr", "users", "reyes"));
        var match = MatchDecisions.IdOf(first, second);
        await decisions.UndoAsync(TestDistrict.Id, match, "cli:test", ct);
        await decisions.RejectAsync(TestDistrict.Id, match, "cli:test", ct);
    }

    private static async Task OverrideAsync(TestDistrict district, CancellationToken ct)
    {
        var start = new DateTimeOffset(2027, 1, 4, 8, 0, 0, TimeSpan.Zero);
        var overrides = new FieldOverrides(district.Store, new ManualTime(start));
        var leo = RosterId.Of("sis", "users", "leo");
        var wanted = new FieldOverride(leo, OverridableField.Phone, "555-0777", "It rings.", start.AddDays(30));
        await overrides.OverrideAsync(TestDistrict.Id, wanted, "cli:test", ct);
        await overrides.EndAsync(TestDistrict.Id, OverrideRow.IdOf(leo, "phone"), "cli:test", isExpired: false, ct);
    }

    /// <summary>What happens beside rosters.</summary>
    private static async Task PeopleAsync(TestDistrict district, CancellationToken ct)
    {
        const string Header = "sourcedId,guardianSourcedId,status,homeLanguage,custody";
        await district.Supplements.Mappings.MapAsync(
            TestDistrict.Id, "sis", [new("Lang", "contactLanguage", [new("Castilian", "es")])], "cli:test", ct);
        await district.SupplementAsync(Header, "leo,,,es,", "mia,,,es,", "leo,ana,,,joint", "mia,ana,,,joint");
        await district.SupplementAsync(Header, "leo,,,fr,", "leo,ana,,,none");
        await district.SupplementAsync(Header, "leo,,tobedeleted,,", "leo,ana,tobedeleted,,");
        await district.SupplementAsync(Header, "leo,,,es,", "leo,ana,,,joint");
    }

    [Fact]
    public async Task Every_event_has_a_name_and_every_name_a_row_in_the_README()
    {
        await using var district = await TestDistrict.CreateAsync();
        var readme = await File.ReadAllTextAsync(Readme(), TestContext.Current.CancellationToken);
        foreach (var type in district.Store.Options.Events.Types)
        {
            var stem = type.Name[..(type.Name.LastIndexOf('_') + 1)];
            Assert.True(readme.Contains(type.Name, StringComparison.Ordinal)
                || readme.Contains(stem, StringComparison.Ordinal), type.Name);
        }
    }

    private static string Approved([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "approved", "events.json");

    private static string Readme([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "modules", "Roster", "README.md");
}
