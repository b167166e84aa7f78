using System.Text;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>One field of a compiled operation: all that was selected under one response name, merged.</summary>
public sealed class Selection
{
    private object? state;

    internal Selection(
        string responseName,
        FieldDefinition field,
        FieldResolver resolver,
        ArgumentPlan arguments,
        ValuePlan value,
        FieldNode[] nodes)
    {
        ResponseName = responseName;
        Field = field;
        var late = field.ApplyPolicy is ApplyPolicy.AfterResolver && resolver is not LeafResolver;
        Policy = late ? null : field.Policy;
        Resolver = late && field.Policy is not null ? GuardedValue.Behind(resolver, field) : resolver;
        Arguments = arguments;
        Value = value;
        Nodes = nodes;
        NameBytes = Encoding.UTF8.GetBytes($",\"{responseName}\":");
    }

    /// <summary>The alias, or the field's name.</summary>
    public string ResponseName { get; }

    /// <summary>The field in the schema.</summary>
    public FieldDefinition Field { get; }

    /// <summary>The field's name in the schema.</summary>
    public string FieldName => Field.Name;

    /// <summary>The fields selected below, fragments expanded; none for leaves and below abstract types.</summary>
    public IReadOnlyList<Selection> Children => Value.Innermost.Object?.Selections ?? [];

    internal FieldResolver Resolver { get; }

    /// <summary>The policy to ask before the resolver; null when there is none.</summary>
    internal string? Policy { get; }

    internal ArgumentPlan Arguments { get; }

    internal ValuePlan Value { get; }

    internal FieldNode[] Nodes { get; }

    /// <summary>The response name as JSON with comma and colon; the first field of an object leaves out the
    /// comma.</summary>
    internal byte[] NameBytes { get; }

    /// <summary>The fields selected below for one object type; for interfaces and unions.</summary>
    public IReadOnlyList<Selection> ChildrenOf(ObjectType type) =>
        Value.Innermost.Abstract?.For(type).Selections ?? Children;

    /// <summary>True when a field of this name is selected below, under whatever alias.</summary>
    public bool IsSelected(string fieldName) => Child(fieldName) is not null;

    /// <summary>The first selection of the named field below, or null.</summary>
    public Selection? Child(string fieldName)
    {
        foreach (var child in Children)
        {
            if (child.FieldName == fieldName) return child;
        }

        return null;
    }

    /// <summary>What a resolver wants to compute once per compiled operation, such as a selector expression. A
    /// selection keeps one such value; two threads may both compute the first.</summary>
    public T GetOrAdd<T>(Func<Selection, T> create)
        where T : class
    {
        if (Volatile.Read(ref state) is T known) return known;
        var created = create(this);
        Volatile.Write(ref state, created);
        return created;
    }
}
