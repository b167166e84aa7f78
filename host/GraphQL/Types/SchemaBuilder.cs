using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Types;

/// <summary>
/// Collects definitions from modules, generated code or SDL and builds the schema from them. Order does not matter,
/// except that types and fields are shown in the order they were added.
/// </summary>
public sealed class SchemaBuilder
{
    private readonly List<TypeDefinition> types = [];
    private readonly Dictionary<string, TypeDefinition> typesByName = new(StringComparer.Ordinal);
    private readonly List<DirectiveDefinition> directives = [];
    private readonly List<(string Type, IReadOnlyList<FieldDefinition> Fields)> extensions = [];
    private readonly List<SchemaError> errors = [];
    private bool built;

    /// <summary>What the schema is about, in Markdown.</summary>
    public string? Description { get; set; }

    /// <summary>Name of the query root; must exist.</summary>
    public string QueryType { get; set; } = "Query";

    /// <summary>Name of the mutation root; there are no mutations while no such type was added.</summary>
    public string MutationType { get; set; } = "Mutation";

    /// <summary>Name of the subscription root; there are no subscriptions while no such type was added.</summary>
    public string SubscriptionType { get; set; } = "Subscription";

    /// <summary>Whether a root field without policy, and not open on purpose, stops the build.</summary>
    public bool RequirePolicies { get; set; }

    /// <summary>Whether a type of that name was added; shared types such as PageInfo are added by whoever comes first.</summary>
    public bool HasType(string name) => typesByName.ContainsKey(name);

    /// <summary>The type of that name as added so far; null when there is none.</summary>
    public TypeDefinition? FindType(string name) => typesByName.GetValueOrDefault(name);

    /// <summary>Adds a type.</summary>
    public SchemaBuilder AddType(TypeDefinition type)
    {
        types.Add(type);
        if (!typesByName.TryAdd(type.Name, type))
        {
            errors.Add(new SchemaError($"There can be only one type named \"{type.Name}\". Rename one of the two.", []));
        }

        return this;
    }

    /// <summary>Adds a scalar.</summary>
    public SchemaBuilder AddScalar(ScalarType scalar) => AddType(scalar);

    /// <summary>Adds a directive.</summary>
    public SchemaBuilder AddDirective(DirectiveDefinition directive)
    {
        directives.Add(directive);
        return this;
    }

    /// <summary>Adds fields to an object type or interface, now or later added; makes the root types when nobody did.</summary>
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
        throw new NotImplementedException();
    }

    /// <summary>Reads a schema text.</summary>
    /// <param name="sdl">The text.</param>
    /// <param name="resolvers">Resolvers by coordinate, "Query.students"; other fields read the property of their name.</param>
    public static SchemaResult FromSdl(string sdl, IReadOnlyDictionary<string, FieldResolver>? resolvers = null) =>
        throw new NotImplementedException($"{sdl.Length}{resolvers?.Count}");
}
