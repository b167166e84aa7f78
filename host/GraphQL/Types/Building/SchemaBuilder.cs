using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Subscriptions;

namespace K12Hub.GraphQL.Types;

/// <summary>
/// Collects definitions from modules, generated code or SDL and builds the schema from them. Order does not matter,
/// except that types and fields are shown in the order they were added.
/// </summary>
public sealed class SchemaBuilder
{
    internal const int DefaultNodeBatchSize = 50;

    private readonly List<TypeDefinition> types = [];
    private readonly Dictionary<string, TypeDefinition> typesByName = new(StringComparer.Ordinal);
    private readonly List<DirectiveDefinition> directives = [];
    private readonly List<(string Type, IReadOnlyList<FieldDefinition> Fields)> extensions = [];
    private readonly SchemaErrors errors = new();
    private bool built;

    /// <summary>What the schema is about, in Markdown.</summary>
    public string? Description { get; set; }

    /// <summary>Name of the query root; must exist.</summary>
    public string QueryType { get; set; } = "Query";

    /// <summary>Name of the mutation root; there are no mutations while no such type was added. Null: none.</summary>
    public string? MutationType { get; set; } = "Mutation";

    /// <summary>Name of the subscription root; there are none while no such type was added. Null: none.</summary>
    public string? SubscriptionType { get; set; } = "Subscription";

    /// <summary>Whether a root field without policy, and not open on purpose, stops the build.</summary>
    public bool RequirePolicies { get; set; }

    /// <summary>Most ids in one <c>nodes</c>; set before the first type that is a node is added.</summary>
    public int MaxAllowedNodeBatchSize { get; set; } = DefaultNodeBatchSize;

    /// <summary>The schema definitions of a text, the definition first.</summary>
    internal List<SchemaDefinitionNode> Syntax { get; } = [];

    /// <summary>
    /// Whether a type of that name was added; shared types such as PageInfo are added by whoever comes first.
    /// </summary>
    public bool HasType(string name) => typesByName.ContainsKey(name);

    /// <summary>The type of that name as added so far; null when there is none.</summary>
    public TypeDefinition? FindType(string name) => typesByName.GetValueOrDefault(name);

    /// <summary>Adds a type.</summary>
    public SchemaBuilder AddType(TypeDefinition type)
    {
        if (typesByName.TryAdd(type.Name, type)) types.Add(type);
        else errors.Add($"There can be only one type named \"{type.Name}\". Rename one of the two.");
        return this;
    }

    /// <summary>Notes why the schema cannot be built; all reasons are told at once.</summary>
    internal void Refuse(string reason) => errors.Add(reason);

    /// <summary>Adds a scalar.</summary>
    public SchemaBuilder AddScalar(ScalarType scalar) => AddType(scalar);

    /// <summary>Adds a directive; one with the name of a built-in directive takes its place.</summary>
    public SchemaBuilder AddDirective(DirectiveDefinition directive)
    {
        if (directives.Exists(known => known.Name == directive.Name))
        {
            errors.Add($"There can be only one directive named \"@{directive.Name}\". Rename one of the two.");
        }

        directives.Add(directive);
        return this;
    }

    /// <summary>
    /// Adds fields to an object type or interface, now or later added; makes the root types when nobody did.
    /// </summary>
    public SchemaBuilder ExtendObject(string type, params IEnumerable<FieldDefinition> fields)
    {
        extensions.Add((type, [.. fields]));
        return this;
    }

    /// <summary>Builds the schema. A builder builds once, because definitions belong to one schema.</summary>
    public SchemaResult Build()
    {
        if (built) throw new InvalidOperationException("This builder has built its schema. Make another one.");
        built = true;
        foreach (var (type, fields) in extensions) Extend(type, fields);
        var all = types.Where(type => !IntrospectionTypes.IsReserved(type.Name)).ToList();
        return new SchemaAssembler(this, all, directives, errors).Assemble();
    }

    /// <summary>Reads a schema text.</summary>
    /// <param name="sdl">The text.</param>
    /// <param name="resolvers">Resolvers by coordinate, "Query.students"; others read a property.</param>
    /// <param name="source">Where the events of every subscription come from; null for nowhere.</param>
    /// <exception cref="SyntaxException">The text is no GraphQL.</exception>
    public static SchemaResult FromSdl(
        string sdl,
        IReadOnlyDictionary<string, FieldResolver>? resolvers = null,
        Func<ResolverContext, ValueTask<ISourceStream>>? source = null) =>
        new SdlReader(resolvers, source).Read(Parser.Parse(new Source(sdl, "GraphQL schema"), ParserLimits.Trusted));

    private string Root(string name) =>
        name == QueryType ? "What can be asked."
        : name == MutationType ? "What can be changed."
        : "What can be watched as it happens.";

    private void Extend(string name, IReadOnlyList<FieldDefinition> fields)
    {
        if (!HasType(name) && (name == QueryType || name == MutationType || name == SubscriptionType))
        {
            AddType(new ObjectType(name) { Description = Root(name) });
        }

        if (FindType(name) is TypeWithFields type) type.Extend(fields);
        else errors.Add($"Type \"{name}\" cannot get fields: this schema has no such object type or interface.");
    }
}
