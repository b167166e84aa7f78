using System.Buffers;
using System.Text.Json;
using K12Hub.Contracts;
using K12Hub.Hosting;
using K12Hub.OneRosterProvider.Access;
using Microsoft.AspNetCore.Http;

namespace K12Hub.OneRosterProvider.Answering;

/// <summary>An answer that leaves in pieces: each only after it was written down whose records are in it.</summary>
/// <param name="context">The request.</param>
/// <param name="client">Who asks.</param>
/// <param name="reader">Knows whose a record is.</param>
/// <param name="notes">Where that is noted.</param>
internal sealed class RecordedPage(HttpContext context, Client client, IRosterReader reader, AccessNotes notes)
    : IAsyncDisposable
{
    private const int PieceBytes = 32 * 1024;

    private readonly ArrayBufferWriter<byte> piece = new(PieceBytes + 4_096);
    private Utf8JsonWriter? json;

    /// <summary>Where the answer is written.</summary>
    public Utf8JsonWriter Json => json ??= new(piece, RecordWriter.Options);

    /// <summary>Writes a record.</summary>
    /// <returns>False when nothing more may be sent.</returns>
    public async ValueTask<bool> WriteAsync(
        RecordWriter to, RosterRecord record, IReadOnlyList<JsonProperty> properties)
    {
        if (reader.PersonOf(client.Source, record) is { } person) Note(person, record);
        to.Json.WriteStartObject();
        foreach (var property in properties) property.Write(to, record);
        to.Json.WriteEndObject();
        return Json.BytesPending + piece.WrittenCount < PieceBytes || await SendAsync();
    }

    /// <summary>Sends what is written so far.</summary>
    /// <returns>False when it may not be sent: then the client sees a broken answer, unless nothing has left
    /// yet.</returns>
    public async ValueTask<bool> SendAsync()
    {
        Json.Flush();
        notes.Via = "provider";
        if (await notes.TryWriteAsync("provide", client.Disclosed, context.RequestAborted) is not null)
        {
            if (context.Response.HasStarted) context.Abort();
            else (context.Response.Headers["X-Total-Count"], context.Response.Headers.Link) = (default, default);
            return false;
        }

        await context.Response.BodyWriter.WriteAsync(piece.WrittenMemory, context.RequestAborted);
        piece.ResetWrittenCount();
        return true;
    }

    public ValueTask DisposeAsync() => json?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Note(RosterPerson person, RosterRecord record)
    {
        if (person.IsStudent) notes.Student(person.Id);
        else notes.Other(person.Id);
        notes.Group(record switch
        {
            DemographicsRecord => "demographics",
            EnrollmentRecord => "enrollments",
            _ => "record",
        });
        if (record is UserRecord)
        {
            notes.Group("names");
            if (client.HasContact) notes.Group("contact");
        }
    }
}
