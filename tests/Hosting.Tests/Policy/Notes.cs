using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Hosting.Tests.Policy;

/// <summary>What the team of a topic writes down, some of it for itself alone.</summary>
internal sealed record NoteRow
{
    /// <summary>Never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>The school it is about.</summary>
    [Filterable]
    public Guid SchoolId { get; init; }

    /// <summary>The topic whose team wrote it.</summary>
    public Guid? TopicId { get; init; }

    /// <summary>Whether it is for the team alone.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>What it says.</summary>
    [Filterable, Sortable]
    public string Text { get; init; } = "";
}

internal static class NotesModule
{
    public const string Read = "notes.read";

    public static HubBuilder AddNotes(this HubBuilder hub) => hub
        .Permission(new(Read, "Read notes.", FieldGroup.Notes, ReachKind.Schools | ReachKind.Topics))
        .Role(Roles.SchoolAdministrator, ReachKind.Schools, Read)
        .Role(Roles.TopicOwner, ReachKind.Topics, Read)
        .Role(Roles.TeamMember, ReachKind.Topics, Read)
        .Access<NoteRow>(Read, row => row
            .AtSchool(x => x.SchoolId)
            .InTopic(x => x.TopicId)
            .Private(x => x.IsPrivate, x => x.TopicId, x => x.Id))
        .Store(store => store.Tables.Add<NoteRow>("notes.notes", 1, t => t
            .Key(x => x.Id).Index(x => x.SchoolId, x => x.Id).Index(x => x.TopicId, x => x.Id)));
}

[QueryType]
internal static partial class NoteQueries
{
    /// <summary>The notes.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = NotesModule.Read)]
    public static Task<Page<NoteRow>> GetNotesAsync(
        PagingArguments paging, QueryContext<NoteRow> query, Rows db, CancellationToken ct) =>
        db.Of<NoteRow>().With(query, sort => sort.IfEmpty(order => order.AddAscending(note => note.Text)))
            .ToPageAsync(paging, ct);
}

[ObjectType<NoteRow>, Authorize(Policy = NotesModule.Read)]
internal static partial class NoteNode
{
    [NodeResolver]
    public static Task<NoteRow?> GetNoteAsync(Guid id, INoteByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);
}

internal static class NoteLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, NoteRow>> GetNoteByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<NoteRow> query, Rows db, CancellationToken ct) =>
        db.Of<NoteRow>().Where(note => ids.Contains(note.Id)).With(query.Include(note => note.Id))
            .ToDictionaryAsync(note => note.Id, ct);
}
