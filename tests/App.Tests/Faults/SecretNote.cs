using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Types;
using K12Hub.Hosting;

namespace K12Hub.App.Tests.Faults;

/// <summary>Something private, to ask for: no module of the product has such yet.</summary>
internal sealed record SecretNote
{
    public Guid Key { get; init; }

    public Guid? Topic { get; init; }

    public bool IsPrivate { get; init; }

    public const string Sql =
        $"""
        insert into faults.notes_v1 (tenant_id, key, topic, is_private) values (1, '{SomeAccount.Id}', null, true)
        """;

    public static string Id { get; } = NodeId.Encode("Note", new Guid(SomeAccount.Id))!;

    public static void AddTo(StoreOptions store) =>
        store.Tables.Add<SecretNote>("faults.notes", 1, table => table.Key(note => note.Key));
}

internal static class SecretNoteModule
{
    private const string Read = "notes.read";

    public static HubBuilder AddSecretNote(this HubBuilder hub) => hub
        .Permission(Read, "Read notes.")
        .Access<SecretNote>(Read, row => row.Private(note => note.IsPrivate, note => note.Topic, note => note.Key))
        .Store(SecretNote.AddTo)
        .Schema(schema => schema.ConfigureSchema(built =>
        {
            NodeTypes.Of(built);
            built.AddType(new ObjectType("Note")
            {
                Description = "Something private.",
                RuntimeType = typeof(SecretNote),
                InterfaceReferences = ["Node"],
                Fields = [new FieldDefinition("id", "ID!") { Description = "The global id.", Policy = Read }],
            });
        }));
}
