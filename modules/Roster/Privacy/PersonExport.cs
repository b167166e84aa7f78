using System.Text.Json;
using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Everything that is stored about somebody, as JSON, while it is read: rows of every table, every event with
/// who caused it, who saw it and to whom it went, and how long it is kept. Of other people it has ids and what kind of
/// relation it is, nothing else.</summary>
public sealed class PersonExport
{
    /// <summary>Who may: a permission for the whole district.</summary>
    public const string Permission = RosterPermissions.ExportPerson;

    /// <summary>What whoever takes it out through the API must be allowed besides, in the whole district: it holds
    /// every group of fields.</summary>
    public static IReadOnlyList<string> Groups { get; } =
        [RosterPermissions.ReadContact, RosterPermissions.ReadDemographics, RosterPermissions.ReadCustody];

    private readonly DocumentStore store;
    private readonly TimeProvider time;

    internal PersonExport(DocumentStore store, TimeProvider time) => (this.store, this.time) = (store, time);

    /// <summary>Writes it.</summary>
    /// <param name="district">The district.</param>
    /// <param name="person">The person; with the records that are the same, and the accounts.</param>
    /// <param name="to">Where to.</param>
    /// <param name="notes">That it is taken out is written down before anything of it is written.</param>
    /// <param name="ct">Stops; what is written then is no whole JSON.</param>
    /// <returns>False where the roster does not know the person; nothing was written.</returns>
    /// <exception cref="AuditException">It could not be written down; nothing was written.</exception>
    public async Task<bool> WriteAsync(
        DistrictId district, Guid person, Stream to, AccessNotes notes, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(notes);
        IReadOnlyList<Guid> subjects;
        await using (var turn = await PrivacyTurn.TakeAsync(store, district, ct))
        {
            if (!await turn.KnowsAsync(person, ct)) return false;
            subjects = await turn.SubjectsAsync(person, ct);
            var students = await turn.StudentsAsync(subjects, ct);
            foreach (var student in students) notes.Student(student);
            foreach (var other in subjects.Except(students)) notes.Other(other);
        }

        notes.Group("everything");
        await notes.WriteAsync("export", notes.ToViewer, ct);
        await using var json = new Utf8JsonWriter(to, new() { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", "k12hub.person.1");
        json.WriteString("person", person);
        json.WriteString("exportedAt", time.GetUtcNow());
        json.WriteStartArray("subjects");
        foreach (var subject in subjects) json.WriteStringValue(subject);
        json.WriteEndArray();
        var streams = new SortedSet<Guid>(subjects) { ErasureRequest.IdOf(person) };
        await WriteTablesAsync(json, district, subjects, streams, ct);
        await WriteEventsAsync(json, district, streams, ct);
        await new PersonTrail(store, district, subjects).WriteAsync(json, ct);
        json.WriteEndObject();
        await json.FlushAsync(ct);
        return true;
    }

    private async Task WriteTablesAsync(
        Utf8JsonWriter json, DistrictId district, IReadOnlyList<Guid> subjects, SortedSet<Guid> streams,
        CancellationToken ct)
    {
        json.WriteStartObject("tables");
        foreach (var table in store.Options.Tables.All)
        {
            if (PersonalTable.Of(table) is not { } about) continue;

            json.WriteStartArray(table.View);
            await using var batch = DistrictBatch.For(store, district)
                .With(about.Sql, district.Value, subjects.ToArray());
            await using var rows = await batch.ReadAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                json.WriteRawValue(rows.GetString(0));
                if (!rows.IsDBNull(1)) streams.Add(rows.GetGuid(1));
            }

            json.WriteEndArray();
            await json.FlushAsync(ct);
        }

        json.WriteEndObject();
    }

    private async Task WriteEventsAsync(
        Utf8JsonWriter json, DistrictId district, SortedSet<Guid> streams, CancellationToken ct)
    {
        json.WriteStartArray("events");
        await using var session = store.LightweightSession(district);
        foreach (var stream in streams)
        {
            foreach (var happened in await session.Events.FetchStreamAsync(stream, ct: ct)) Write(json, happened);
            await json.FlushAsync(ct);
        }

        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, RecordedEvent happened)
    {
        json.WriteStartObject();
        json.WriteNumber("position", happened.Position);
        json.WriteString("stream", happened.StreamId);
        json.WriteNumber("version", happened.Version);
        json.WriteString("type", happened.Type);
        json.WriteString("recordedAt", happened.RecordedAt);
        json.WriteString("actor", happened.Metadata.Actor);
        if (PersonalTable.TellsOf(happened.Type))
        {
            json.WritePropertyName("data");
            // A serializer that is given the writer flushes it, and a response is not written to but asynchronously.
            json.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(
                happened.Data, happened.Data.GetType(), store.Options.Events.Json));
        }

        json.WriteEndObject();
    }
}
