using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>
/// Turns collected definitions into a schema: resolves references, validates, numbers the object types.
/// </summary>
internal sealed class SchemaAssembler(
    SchemaBuilder settings,
    List<TypeDefinition> types,
    List<DirectiveDefinition> directives,
    SchemaErrors errors)
{
    private readonly IReadOnlyList<TypeDefinition> introspection = IntrospectionTypes.Create();

    public SchemaResult Assemble()
    {
        directives.AddRange(BuiltInDirectives.All.Where(
            builtIn => !directives.Exists(directive => directive.Name == builtIn.Name)));
        var byName = types.Concat(introspection).ToDictionary(type => type.Name, StringComparer.Ordinal);
        Resolve(byName);
        AddCostDirectives(byName);
        if (errors.Any) return new SchemaResult(null, errors.All);

        var roots = new RootTypes(settings, byName);
        roots.Check(errors);
        new SchemaValidator(types, directives, errors).Validate();
        CostDirectives.Validate(types, errors);
        if (settings.RequirePolicies) RequirePolicies(roots);
        DefaultValues.Coerce(types.Concat(introspection), directives, errors);
        return errors.Any || roots.Query is not ObjectType query
            ? new SchemaResult(null, errors.All)
            : new SchemaResult(new Schema(Parts(query, roots)), []);
    }

    private void Resolve(Dictionary<string, TypeDefinition> byName)
    {
        var resolver = new ReferenceResolver(byName, errors);
        foreach (var type in types) resolver.Resolve(type);
        foreach (var directive in directives) resolver.Resolve(directive);
        foreach (var type in introspection) resolver.Resolve(type);
        types.AddRange(resolver.UsedScalars);
        foreach (var @interface in types.OfType<InterfaceType>())
        {
            @interface.Implementations = [.. types.OfType<ObjectType>().Where(type => type.Implements(@interface))];
        }
    }

    // Whether they are needed shows only when the types of fields are known.
    private void AddCostDirectives(Dictionary<string, TypeDefinition> byName)
    {
        if (errors.Any) return;

        var known = directives.Count;
        CostDirectives.AddTo(directives, types);
        var resolver = new ReferenceResolver(byName, errors);
        foreach (var added in directives.Skip(known)) resolver.Resolve(added);
        types.AddRange(resolver.UsedScalars);
    }

    private SchemaParts Parts(ObjectType query, RootTypes roots)
    {
        types.AddRange(introspection);
        var index = 0;
        foreach (var type in types.OfType<ObjectType>()) type.Index = index++;
        return new SchemaParts(
            settings.Description,
            query,
            roots.Mutation as ObjectType,
            roots.Subscription as ObjectType,
            types,
            directives);
    }

    private void RequirePolicies(RootTypes roots)
    {
        foreach (var root in new[] { roots.Query, roots.Mutation, roots.Subscription }.OfType<ObjectType>())
        {
            foreach (var field in root.Fields.Where(field => field.Policy is null && !field.AllowAnonymous))
            {
                errors.Add($"Field \"{root.Name}.{field.Name}\" has no policy. Name one, or allow it to everybody.");
            }
        }
    }
}

/// <summary>
/// The root operation types as named by the settings; not necessarily object types, for that is checked here.
/// </summary>
internal sealed class RootTypes(SchemaBuilder settings, Dictionary<string, TypeDefinition> types)
{
    public TypeDefinition? Query { get; } = types.GetValueOrDefault(settings.QueryType);

    public TypeDefinition? Mutation { get; } = Find(settings.MutationType, types);

    public TypeDefinition? Subscription { get; } = Find(settings.SubscriptionType, types);

    public void Check(SchemaErrors errors)
    {
        if (Query is null)
        {
            errors.Add("The query root type must be provided. Add an object type \"Query\".", settings.Syntax);
        }
        Check(OperationType.Query, Query, errors);
        Check(OperationType.Mutation, Mutation, errors);
        Check(OperationType.Subscription, Subscription, errors);

        var roots = new[] { OperationType.Query, OperationType.Mutation, OperationType.Subscription };
        var byType = roots.Where(root => Of(root) is ObjectType).GroupBy(Of);
        foreach (var shared in byType.Where(group => group.Count() > 1))
        {
            errors.Add(
                $"Type \"{shared.Key}\" is the root of {string.Join(" and ", shared).ToLowerInvariant()}; "
                    + "all root types must be different.",
                shared.Select(Syntax));
        }
    }

    private static TypeDefinition? Find(string? name, Dictionary<string, TypeDefinition> types) =>
        name is null ? null : types.GetValueOrDefault(name);

    private TypeDefinition? Of(OperationType operation) => operation switch
    {
        OperationType.Query => Query,
        OperationType.Mutation => Mutation,
        _ => Subscription,
    };

    private void Check(OperationType operation, TypeDefinition? type, SchemaErrors errors)
    {
        if (type is null or ObjectType) return;
        errors.Add($"The {operation} root type must be an object type; \"{type.Name}\" is none.", Syntax(operation));
    }

    private SyntaxNode? Syntax(OperationType operation) => settings.Syntax
        .SelectMany(schema => schema.OperationTypes)
        .Where(root => root.Operation == operation)
        .Select(root => (SyntaxNode)root.Type)
        .FirstOrDefault() ?? Of(operation)?.Syntax.FirstOrDefault();
}
