using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;

namespace K12Hub.Roster.Tests;

/// <summary>Everything about a person goes out, and nothing about anybody else.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private static readonly Guid Mia = RosterId.Of("sis", "users", "mia");
    private static readonly Guid Leo = RosterId.Of("sis", "users", "leo");
    private static readonly Guid Ana = RosterId.Of("sis", "users", "ana");

    private RosterHub hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub = await RosterHub.WithAsync(Package.Version12());
        await hub.District.SupplementAsync(
            "sourcedId,guardianSourcedId,homeLanguage,household,custody", "mia,,so,by-the-river,",
            "mia,ana,,,only-on-sundays");
        await new LegalHolds(hub.District.Store, TimeProvider.System)
            .PlaceAsync(TestDistrict.Id, Mia, "case nine", "okafor", Ct);
        await hub.District.ProjectAsync();
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Rows_relations_history_and_events_with_their_actors_are_in_it()
    {
        var text = await ExportAsync(Mia);

        var json = JsonElement.Parse(text);
        foreach (var said in (string[])["Mía", "Ortiz", "2019-11-20", "by-the-river", "only-on-sundays", "case nine"])
        {
            Assert.Contains(said, json.GetProperty("tables").ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(
            ["roster.demographics_added", "roster.guardianship_added", "roster.hold_placed", "roster.role_added",
                "roster.supplement_added", "roster.user_added"],
            json.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("type").GetString()).Distinct()
                .Order(StringComparer.Ordinal));
        Assert.Contains("okafor", json.GetProperty("events").ToString(), StringComparison.Ordinal);
        Assert.Equal(1, json.GetProperty("tables").GetProperty("roster.relations").GetArrayLength());
        Assert.NotEqual(0, json.GetProperty("tables").GetProperty("roster.spans").GetArrayLength());
    }

    [Fact]
    public async Task That_somebody_took_it_out_is_written_down()
    {
        await ExportAsync(Mia);
        await ExportAsync(Ana);

        Assert.Equal(
            [$"disclosure export reyes {Mia} ", $"disclosure export reyes  {Ana}"],
            await hub.District.ListAsync(
                """
                select concat_ws(' ', kind, action, actor, array_to_string(students, ','), array_to_string(others, ','))
                  from es.access_records order by number
                """));
    }

    [Fact]
    public async Task Who_saw_it_to_whom_it_went_and_how_long_it_is_kept_is_in_it()
    {
        var audit = hub.District.Store.Audit;
        await audit.WriteAsync(TestDistrict.Id, Seen("okafor", "inquiry 17", [Mia, Leo], []), Ct);
        await audit.WriteAsync(TestDistrict.Id, Seen("okafor", "only Leo", [Leo], [Ana]), Ct);
        await hub.AskAsync(
            $$"""
            mutation {
              recordDisclosure(input: {
                studentIds: ["{{NodeId.Encode("Student", Mia)}}", "{{NodeId.Encode("Student", Leo)}}"],
                records: [MARKS], party: "A college", interest: "Admission", basis: CONSENT, means: PAPER,
                madeOn: "2026-09-01"
              }) { errors { code } }
            }
            """,
            "roster.read", "roster.disclosures.record");
        await ScheduleAsync();

        var mia = JsonElement.Parse(await ExportAsync(Mia));
        var ana = JsonElement.Parse(await ExportAsync(Ana));

        Assert.Equal(
            """
            [{"action":"view","via":"graphql","actor":"okafor","purpose":"inquiry 17","fields":["contact","names"]}]
            """,
            Without(mia.GetProperty("accessRecords"), "number", "at"));
        Assert.Equal(
            """
            [{"action":"disclosed","via":"graphql","actor":"test","fields":["marks"],"disclosure":{
            "basis":"consent","madeOn":"2026-09-01","means":"paper","party":"A college","interest":"Admission"}},
            {"action":"export","via":"export","actor":"reyes","fields":["everything"],"disclosure":{
            "party":"reyes","interest":"","basis":"schoolOfficial"}}]
            """.ReplaceLineEndings(""),
            Without(mia.GetProperty("disclosures"), "number", "at"));
        Assert.Equal("only Leo", ana.GetProperty("accessRecords")[0].GetProperty("purpose").GetString());
        Assert.DoesNotContain($"{Leo}", mia.GetProperty("accessRecords").ToString(), StringComparison.Ordinal);
        Assert.Equal(
            """
            [{"kind":"students","meaning":"Erased P7Y after it came to its end, unless something keeps it.",
            "keepFor":"P7Y","basis":"Rule 17"},{"kind":"accessRecords",
            "meaning":"Kept as long as the record of the student.","keepFor":null,"basis":null}]
            """.ReplaceLineEndings(""),
            Without(mia.GetProperty("retention"), "inForceSince"));
        Assert.Equal("guardians", Assert.Single(ana.GetProperty("retention").EnumerateArray())
            .GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Ten_thousand_records_of_access_go_out_a_piece_at_a_time()
    {
        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(i => hub.District.Store.Audit.WriteAsync(
            TestDistrict.Id, Seen("okafor", $"inquiry {i}", [Mia], []), Ct)));
        var to = new Pieces();

        await new PersonExport(hub.District.Store, TimeProvider.System)
            .WriteAsync(TestDistrict.Id, Mia, to, hub.District.Notes, Ct);

        Assert.InRange(to.Length, 1_000_000, long.MaxValue);
        Assert.InRange(to.Largest, 1, 100_000);
    }

    [Fact]
    public async Task Of_other_people_there_are_ids_and_the_kind_of_relation()
    {
        var text = await ExportAsync(Ana);

        Assert.Contains("ana@example.org", text, StringComparison.Ordinal);
        Assert.Contains($"{Mia}", text, StringComparison.Ordinal);
        foreach (var others in (string[])["Mía", "1002", "Leo", "only-on-sundays", "by-the-river", "case nine"])
        {
            Assert.DoesNotContain(others, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_written_of_whom_the_roster_does_not_know() =>
        Assert.Equal("", await ExportAsync(new("00000000-0000-4000-8000-00000000dead")));

    private static AuditEntry Seen(string actor, string purpose, Guid[] students, Guid[] others) =>
        new(AuditKind.Read, "view", "graphql")
        {
            At = DateTimeOffset.UtcNow, Actor = actor, Purpose = purpose, FieldGroups = ["contact", "names"],
            Students = students, Others = others,
        };

    /// <summary>One puts a schedule into force that another proposed.</summary>
    private async Task ScheduleAsync()
    {
        await using var session = hub.District.Store.LightweightSession(TestDistrict.Id);
        session.Events.StartStream<RetentionSchedule>(
            RetentionSchedule.IdOf(RetentionKind.Students),
            new RetentionEvent.Proposed("students", "P7Y", "Rule 17", "okafor", DateTimeOffset.UtcNow),
            new RetentionEvent.Approved("reyes", DateTimeOffset.UtcNow));
        await session.SaveChangesAsync(Ct);
    }

    private static string Without(JsonElement list, params string[] names)
    {
        var copy = JsonNode.Parse(list.GetRawText())!.AsArray();
        foreach (var one in copy)
        {
            foreach (var name in names) one!.AsObject().Remove(name);
        }

        return copy.ToJsonString();
    }

    private async Task<string> ExportAsync(Guid person)
    {
        using var to = new MemoryStream();
        var notes = AccessNotes.Of(hub.District.Store, Viewer.OfClient("reyes", 1, []), "export");
        var isKnown = await new PersonExport(hub.District.Store, TimeProvider.System)
            .WriteAsync(TestDistrict.Id, person, to, notes, Ct);
        Assert.Equal(isKnown, to.Length > 0);

        // As a reader of JSON has it, whatever was escaped.
        return isKnown
            ? JsonSerializer.Serialize(
                JsonElement.Parse(Encoding.UTF8.GetString(to.ToArray())), Json.Readable)
            : "";
    }

    /// <summary>Keeps nothing but how much came at once.</summary>
    private sealed class Pieces : MemoryStream
    {
        private long length;

        public override long Length => length;

        public int Largest { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            length += buffer.Length;
            Largest = Math.Max(Largest, buffer.Length);
            return ValueTask.CompletedTask;
        }
    }
}
