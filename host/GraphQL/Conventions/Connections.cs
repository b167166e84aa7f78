using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Conventions;

/// <summary>The types of cursor connections. Called by generated code.</summary>
public static class Connections
{
    private const string Total = "totalCount";

    /// <summary>Adds <c>XConnection</c> and <c>XEdge</c>, unless they are there.</summary>
    /// <param name="schema">Where to.</param>
    /// <param name="node">The name of the rows' object type.</param>
    /// <param name="includeTotalCount">Whether the connection has <c>totalCount</c>.</param>
    public static void Add(SchemaBuilder schema, string node, bool includeTotalCount = true)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.FindType($"{node}Connection") is { } known)
        {
            var hasTotal = known is ObjectType type && type.Fields.Any(field => field.Name == Total);
            if (hasTotal != includeTotalCount)
            {
                schema.Refuse(
                    $"{node}Connection has totalCount for one field and not for another. Give IncludeTotalCount the "
                        + "same value on all connections of the row.");
            }

            return;
        }

        AddPageInfo(schema);
        schema.AddType(new ObjectType($"{node}Edge")
        {
            Description = $"An entry of a list of {node}, and its place.",
            Fields =
            [
                Leaf("cursor", "String!", "The place: pass it as after or before.", WriteCursor),
                Read<Edge>("node", $"{node}!", "What is at the place.", edge => edge.Node),
            ],
        });
        schema.AddType(Connection(node, includeTotalCount));
    }

    private static ObjectType Connection(string node, bool includeTotalCount) => new($"{node}Connection")
    {
        Description = $"One page of a list of {node}.",
        Fields =
        [
            Read<Page>("edges", $"[{node}Edge!]!", "What the page holds, with places.", page => page.Edges),
            Read<Page>("nodes", $"[{node}!]!", "What the page holds.", page => page.Nodes),
            Read<Page>("pageInfo", "PageInfo!", "What lies on both sides of the page.", page => page),
            .. includeTotalCount ? [TotalCount()] : Array.Empty<FieldDefinition>(),
        ],
    };

    private static FieldDefinition TotalCount() => new(Total, "Int")
    {
        Description = "The number of entries on all pages together.",
        Cost = Weights.OwnQuery,
        Resolver = new LeafResolver(WriteTotal),
    };

    /// <summary>The arguments of a field that is a connection.</summary>
    /// <param name="maxPageSize">The largest page.</param>
    /// <param name="defaultPageSize">The page when the client says nothing.</param>
    /// <param name="requireBoundaries">Whether the client has to say <c>first</c> or <c>last</c>.</param>
    /// <returns>first, after, last, before.</returns>
    public static IEnumerable<InputValueDefinition> Arguments(
        int maxPageSize, int defaultPageSize, bool requireBoundaries = false) =>
    [
        new("first", "Int")
        {
            Description = $"Entries from the front; at most {maxPageSize}"
                + (requireBoundaries ? ". Either this or last is given." : $", else {defaultPageSize}."),
        },
        new("after", "String") { Description = "Only entries after this cursor." },
        new("last", "Int") { Description = $"Entries from the back; at most {maxPageSize}." },
        new("before", "String") { Description = "Only entries before this cursor." },
    ];

    /// <summary>How many rows a field that is a connection gives.</summary>
    /// <param name="maxPageSize">The largest page.</param>
    /// <param name="defaultPageSize">The page when the client says nothing.</param>
    /// <param name="requireBoundaries">Whether the client has to say <c>first</c> or <c>last</c>.</param>
    /// <returns>The size by <c>first</c> and <c>last</c>, for <c>edges</c> and <c>nodes</c>.</returns>
    public static ListSize Size(int maxPageSize, int defaultPageSize, bool requireBoundaries = false) => new()
    {
        AssumedSize = maxPageSize,
        SlicingArguments = ["first", "last"],
        SlicingArgumentDefaultValue = defaultPageSize,
        SizedFields = ["edges", "nodes"],
        RequireOneSlicingArgument = requireBoundaries,
    };

    private static void AddPageInfo(SchemaBuilder schema)
    {
        if (schema.HasType("PageInfo"))
        {
            return;
        }

        schema.AddType(new ObjectType("PageInfo")
        {
            Description = "What lies on both sides of a page.",
            Fields =
            [
                Leaf("hasNextPage", "Boolean!", "Whether entries follow the page.", WriteHasNext),
                Leaf("hasPreviousPage", "Boolean!", "Whether entries precede the page.", WriteHasPrevious),
                Leaf("startCursor", "String", "The place of the first entry; null on an empty page.", WriteStart),
                Leaf("endCursor", "String", "The place of the last entry; null on an empty page.", WriteEnd),
            ],
        });
    }

    private static FieldDefinition Leaf(string name, string type, string description, WriteLeaf write) =>
        new(name, type) { Description = description, Resolver = new LeafResolver(write) };

    private static FieldDefinition Read<TParent>(
        string name, string type, string description, Func<TParent, object?> read) =>
        new(name, type)
        {
            Description = description,
            Resolver = new PureResolver(parent => read((TParent)parent)),
        };

    private static void WriteCursor(object parent, ref JsonArena json) => json.WriteString(((Edge)parent).Cursor);

    private static void WriteTotal(object parent, ref JsonArena json) => json.WriteNumber(((Page)parent).TotalCount);

    private static void WriteHasNext(object parent, ref JsonArena json) =>
        json.WriteBoolean(((Page)parent).HasNextPage);

    private static void WriteHasPrevious(object parent, ref JsonArena json) =>
        json.WriteBoolean(((Page)parent).HasPreviousPage);

    private static void WriteStart(object parent, ref JsonArena json) => json.WriteString(((Page)parent).StartCursor);

    private static void WriteEnd(object parent, ref JsonArena json) => json.WriteString(((Page)parent).EndCursor);
}
