using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Conventions;

/// <summary>The object types that have global ids, and the fields <c>node</c> and <c>nodes</c> that find them. Filled
/// by generated code.</summary>
public sealed class NodeTypes
{
    private readonly Dictionary<string, NodeType> types = [];
    private readonly int mostIds;

    private NodeTypes(int mostIds) => this.mostIds = mostIds;

    /// <summary>The node types of a schema; adds <c>Node</c>, <c>node</c> and <c>nodes</c> when asked first.</summary>
    /// <param name="schema">The schema.</param>
    /// <returns>Its node types.</returns>
    public static NodeTypes Of(SchemaBuilder schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.FindType("Node") is { } known)
        {
            return known.Features.Get<NodeTypes>()!;
        }

        var nodes = new NodeTypes(schema.MaxAllowedNodeBatchSize);
        var type = new InterfaceType("Node")
        {
            Description = "Something with an id that is unique in the whole schema.",
            Fields = [new FieldDefinition("id", "ID!") { Description = "The global id." }],
        };
        type.Features.Set(nodes);
        schema.AddType(type).ExtendObject(schema.QueryType, nodes.One(), nodes.Many());
        return nodes;
    }

    /// <summary>Says how objects of a type are found.</summary>
    /// <param name="type">The object type's name.</param>
    /// <param name="policy">Who may see them; null for everybody.</param>
    /// <param name="roles">Roles of which the viewer needs one; none for any.</param>
    /// <param name="find">Finds an object by its raw key.</param>
    public void Add(
        string type,
        string? policy,
        IReadOnlyList<string> roles,
        Func<ResolverContext, string, ValueTask<object?>> find) => types.Add(type, new NodeType(policy, roles, find));

    private FieldDefinition One() => new("node", "Node")
    {
        Description = "The object with a global id; null when there is none.",
        Arguments = [new InputValueDefinition("id", "ID!") { Description = "The global id." }],
        // Each type has its own policy; it is asked when the type is known.
        AllowAnonymous = true,
        Cost = Weights.OwnQuery,
        Resolver = new AsyncResolver(context => FindAsync(context, context.Argument<string>("id")!)),
    };

    private FieldDefinition Many() => new("nodes", "[Node]!")
    {
        Description = $"The objects with these global ids, in the same order; at most {mostIds}.",
        Arguments = [new InputValueDefinition("ids", "[ID!]!") { Description = "The global ids." }],
        AllowAnonymous = true,
        Cost = Weights.OwnQuery,
        ListSize = new ListSize { AssumedSize = mostIds, SlicingArguments = ["ids"] },
        Resolver = new AsyncResolver(FindAllAsync),
    };

    private async ValueTask<object?> FindAllAsync(ResolverContext context)
    {
        var ids = context.ArgumentList<string>("ids")!;
        if (ids.Count > mostIds) throw TooMany(context, ids.Count);

        // All start before the first is awaited, so that loaders see them as one batch.
        var finds = ids.Select(id => FindOrRefuseAsync(context, id)).ToArray();
        return await Task.WhenAll(finds).ConfigureAwait(false);
    }

    private GraphQLException TooMany(ResolverContext context, int asked)
    {
        var coordinate = context.Selection.Field.Coordinate;
        return new GraphQLException(new GraphQLError(
            $"{coordinate} finds at most {PassedLimit.Text(mostIds)} nodes at a time; {PassedLimit.Text(asked)} were "
                + "asked for.")
        {
            Code = LimitCode.Nodes,
            Extensions = new PassedLimit("allowedNodeBatchSize", mostIds, asked, coordinate).ToExtensions(),
        });
    }

    // One bad id among many is an error at its own place, with null there, and the others are answered.
    private async Task<object?> FindOrRefuseAsync(ResolverContext context, string id)
    {
        try
        {
            return await FindAsync(context, id).ConfigureAwait(false);
        }
        catch (GraphQLException refused)
        {
            return refused;
        }
    }

    private async ValueTask<object?> FindAsync(ResolverContext context, string id)
    {
        var (name, raw) = NodeId.Split(id);
        if (!types.TryGetValue(name, out var type))
        {
            throw new GraphQLException($"There are no nodes of type {name}.", "ID_INVALID");
        }

        if (type.Policy is { } policy
            && !await context.Authorizer.DecideAsync(policy, type.Roles, name).ConfigureAwait(false))
        {
            throw new GraphQLException(context.Authorizer.Refusal($"see a {name}"));
        }

        return await type.Find(context, raw).ConfigureAwait(false);
    }

    private sealed record NodeType(
        string? Policy, IReadOnlyList<string> Roles, Func<ResolverContext, string, ValueTask<object?>> Find);
}
