using System.Text.Json.Nodes;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;
using K12Hub.Testing;

namespace K12Hub.Roster.Tests;

/// <summary>What went out on paper or by telephone is written down by who gave it out, and stands beside what the
/// program sent. Mia and Leo go to Lincoln Elementary, where Okafor is the principal; Nina goes to Oak
/// Middle.</summary>
public sealed class DisclosureTests : IAsyncLifetime
{
    private static readonly Reach Lincoln = Reach.AtSchools(RosterId.Of("sis", "orgs", "lincoln"));
    private static readonly Viewer Okafor = Viewer.Of("okafor", TestDistrict.Id, new Dictionary<string, Reach>
    {
        ["roster.read"] = Lincoln, ["roster.disclosures.record"] = Lincoln, ["audit.read"] = Reach.District,
    });

    private RosterHub hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var district = await TestDistrict.CreateAsync(Package.Version12()
            .With("orgs.csv", "oak,,,Oak Middle,school,,district")
            .With("users.csv", "nina,,,true,nina,,Nina,Chase,,,,,,,06,,,,,,oak,")
            .With("roles.csv", "rn,,,nina,primary,student,,,oak,"));
        // In the evening of the last of November in Chicago, and December in London.
        var time = new ManualTime(new(2026, 12, 1, 3, 0, 0, TimeSpan.Zero));
        hub = RosterHub.Of(district, time, ("Jobs:TimeZone", "America/Chicago"));
        await hub.ApplySchemaAsync();
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task It_stands_beside_what_the_program_sent_in_one_chain()
    {
        using (var file = new MemoryStream())
        {
            await new PersonExport(hub.District.Store, TimeProvider.System)
                .WriteAsync(TestDistrict.Id, Person("mia"), file, hub.District.Notes, Ct);
        }

        var numbers = await NumbersAsync(Record(["mia", "leo"]));
        await NumbersAsync(Record(["leo"]));

        var list = (await ListAsync("mia")).AsArray();
        Assert.Equal(["disclosed", "export"], list.Select(one => (string?)one!["action"]));
        Assert.Equal(
            $$$"""
            {"number":{{{numbers[0]}}},"at":"2026-12-01T03:00:00Z","action":"disclosed","actor":"okafor",
            "fields":["attendance","health"],"disclosure":{"party":"County Court","interest":"Custody hearing",
            "basis":"order","means":"paper","madeOn":"2026-11-30"}}
            """.ReplaceLineEndings(""),
            list[0]!.ToJsonString());
        Assert.Null(list[1]!["disclosure"]!["madeOn"]);
        Assert.True((await hub.District.Store.Audit.VerifyAsync(TestDistrict.Id, [], Ct)).Holds);
    }

    [Fact]
    public async Task Told_again_it_is_the_same_one_whoever_tells_it_and_in_whatever_order()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => NumbersAsync(i % 2 == 0
            ? Record(["mia", "leo"])
            : Record(["leo", "mia", "leo"], records: "[ATTENDANCE, HEALTH]"))));
        var others = Viewer.Of("silva", TestDistrict.Id, new Dictionary<string, Reach>
        {
            ["roster.read"] = Reach.District, ["roster.disclosures.record"] = Reach.District,
        });

        Assert.All(all.Index(), one => Assert.Equal(
            all[0], one.Index % 2 == 0 ? one.Item : one.Item.Reverse()));
        Assert.Equal(2, all[0].Distinct().Count());
        Assert.Equal(all[0], await NumbersAsync(Record(["mia", "leo"], party: " County Court "), others));
        Assert.Empty(all[0].Intersect(await NumbersAsync(Record(["mia", "leo"], party: "City Court"))));
        Assert.Empty(all[0].Intersect(await NumbersAsync(Record(["mia", "leo"], madeOn: "2026-11-29"))));
        Assert.Equal(3, (await ListAsync("mia")).AsArray().Count);
    }

    [Fact]
    public async Task What_it_says_in_words_is_sealed_for_its_student_and_goes_with_the_student()
    {
        await NumbersAsync(Record(["mia", "leo"]));
        var stored = await hub.District.OneAsync(
            "select string_agg(detail, ' ') from es.audit_records where kind = 'disclosure'");
        Assert.Contains("madeOn", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("Court", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("hearing", stored, StringComparison.Ordinal);

        await hub.EraseAsync(Person("mia"));

        var erased = (await ListAsync("mia"))[0]!["disclosure"]!;
        Assert.Equal(
            (null, null, "order"),
            ((string?)erased["party"], (string?)erased["interest"], (string?)erased["basis"]));
        Assert.Equal("County Court", (string?)(await ListAsync("leo"))[0]!["disclosure"]!["party"]);
        var refused = await ErrorAsync(Record(["leo", "mia"], party: "City Court"));
        Assert.Equal(
            ("command.subject_erased", "1"), ((string?)refused["code"], (string?)refused["path"]!.AsArray()[^1]));
        Assert.Single((await ListAsync("leo")).AsArray());
        Assert.True((await hub.District.Store.Audit.VerifyAsync(TestDistrict.Id, [], Ct)).Holds);
    }

    [Theory]
    [InlineData("disclosure.party", "party", "party", "")]
    [InlineData("disclosure.party", "party", "party", "{201}")]
    [InlineData("disclosure.party", "party", "party", @"Court\u0000")]
    [InlineData("disclosure.interest", "interest", "interest", " ")]
    [InlineData("disclosure.interest", "interest", "interest", @"Custody\u0007")]
    [InlineData("disclosure.interest", "interest", "interest", "{1001}")]
    [InlineData("disclosure.records", "records", "records", "[]")]
    [InlineData("disclosure.day", "madeOn", "madeOn", "2026-12-01")]
    [InlineData("disclosure.day", "madeOn", "madeOn", "0026-11-30")]
    [InlineData("disclosure.students", "studentIds", "students", "")]
    public async Task What_is_missing_or_cannot_be_is_refused_with_the_field(
        string code, string path, string field, string value)
    {
        if (value is ['{', .. var length, '}']) value = new('x', int.Parse(length, null));
        var refused = await ErrorAsync(field switch
        {
            "party" => Record(["mia"], party: value),
            "interest" => Record(["mia"], interest: value),
            "records" => Record(["mia"], records: value),
            "madeOn" => Record(["mia"], madeOn: value),
            _ => Record([]),
        });

        Assert.Equal((code, path), ((string?)refused["code"], (string?)refused["path"]!.AsArray()[^1]));
        Assert.StartsWith(path, (string?)refused["message"], StringComparison.Ordinal);
        Assert.Empty((await ListAsync("mia")).AsArray());
    }

    [Fact]
    public async Task More_than_500_students_are_refused_before_anybody_is_looked_for() => Assert.Equal(
        "disclosure.students",
        (string?)(await ErrorAsync(Record([.. Enumerable.Range(0, 501).Select(i => $"{i}")])))["code"]);

    [Fact]
    public async Task Who_is_out_of_reach_is_answered_as_who_is_not_there()
    {
        var nobody = await ErrorAsync(Record(["mia", "nobody"]));
        Assert.Equal(nobody.ToJsonString(), (await ErrorAsync(Record(["mia", "nina"]))).ToJsonString());
        Assert.Equal(nobody.ToJsonString(), (await ErrorAsync(Record(["mia", "ana"]))).ToJsonString());
        Assert.Equal("student.not_found", (string?)nobody["code"]);
        Assert.Equal("1", (string?)nobody["path"]!.AsArray()[^1]);

        foreach (var students in new string[][] { ["zero"], ["zero", "nina"] })
        {
            var none = await ErrorAsync(Record(students));
            Assert.Equal("student.not_found", (string?)none["code"]);
            Assert.Equal("0", (string?)none["path"]!.AsArray()[^1]);
        }

        var blind = Viewer.Of("blind", TestDistrict.Id, new Dictionary<string, Reach>
        {
            ["roster.disclosures.record"] = Reach.District,
        });
        Assert.Equal("student.not_found", (string?)(await ErrorAsync(Record(["mia"]), blind))["code"]);
        foreach (var student in new[] { "mia", "nina" }) Assert.Empty((await ListAsync(student)).AsArray());
    }

    private static Guid Person(string sourcedId) =>
        sourcedId == "zero" ? default : RosterId.Of("sis", "users", sourcedId);

    private static string Record(
        string[] students, string records = "[HEALTH, ATTENDANCE]", string party = "County Court",
        string interest = "Custody hearing", string madeOn = "2026-11-30") =>
        $$"""
        mutation {
          m: recordDisclosure(input: {
            studentIds: [{{string.Join(',', students.Select(one => $"\"{NodeId.Encode("Student", Person(one))}\""))}}],
            records: {{records}}, party: "{{party}}", interest: "{{interest}}", basis: ORDER, means: PAPER,
            madeOn: "{{madeOn}}"
          }) { recordedDisclosure { numbers madeOn } errors { code message ... on MutationError { path } } }
        }
        """;

    private async Task<long[]> NumbersAsync(string mutation, Viewer? viewer = null)
    {
        var answer = await hub.AskAsync(viewer ?? Okafor, mutation);
        var numbers = JsonNode.Parse(answer)!["data"]?["m"]?["recordedDisclosure"]?["numbers"]
            ?? throw new InvalidOperationException(answer);
        return [.. numbers.AsArray().Select(number => (long)number!)];
    }

    private async Task<JsonNode> ErrorAsync(string mutation, Viewer? viewer = null)
    {
        var answer = await hub.AskAsync(viewer ?? Okafor, mutation);
        return JsonNode.Parse(answer)!["data"]?["m"]?["errors"]?[0] ?? throw new InvalidOperationException(answer);
    }

    private async Task<JsonNode> ListAsync(string student)
    {
        var answer = await hub.AskAsync(
            Okafor,
            $$"""
            {
              disclosures(studentId: "{{NodeId.Encode("Student", Person(student))}}") {
                nodes { number at action actor fields disclosure { party interest basis means madeOn } }
              }
            }
            """);
        return JsonNode.Parse(answer)!["data"]?["disclosures"]?["nodes"]
            ?? throw new InvalidOperationException(answer);
    }
}
