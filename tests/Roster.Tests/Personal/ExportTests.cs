using System.Text;
using System.Text.Json;
using K12Hub.Hosting;

namespace K12Hub.Roster.Tests;

/// <summary>Everything about a person goes out, and nothing about anybody else.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private static readonly Guid Mia = RosterId.Of("sis", "users", "mia");
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
}
