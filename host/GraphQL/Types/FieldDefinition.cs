using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Subscriptions;

namespace K12Hub.GraphQL.Types;

/// <summary>
/// A field of an object or interface (3.6). Its type is written as SDL and resolved when the schema is built.
/// </summary>
/// <param name="name">The field's name.</param>
/// <param name="typeReference">The type in SDL, "StudentConnection!" for instance.</param>
public sealed class FieldDefinition(string name, string typeReference)
{
    private IType? type;

    /// <summary>The field's name.</summary>
    public string Name { get; } = name;

    /// <summary>The type as written.</summary>
    public string TypeReference { get; } = typeReference;

    /// <summary>The resolved type; known once the schema is built.</summary>
    public IType Type
    {
        get => type ?? throw new InvalidOperationException($"The type of field \"{Name}\" is known after Build().");
        internal set => type = value;
    }

    /// <summary>What the field means, in Markdown; null when nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>The arguments.</summary>
    public IReadOnlyList<InputValueDefinition> Arguments { get; init; } = [];

    /// <summary>Why not to use the field any more; null while it is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>How to get the value; null reads the property of that name.</summary>
    public FieldResolver? Resolver { get; init; }

    /// <summary>Opens the events a field of the subscription root answers; <see cref="Resolver"/> then resolves each,
    /// with the event as its parent.</summary>
    public Func<ResolverContext, ValueTask<ISourceStream>>? Subscribe { get; init; }

    /// <summary>The policy a viewer must meet; empty for being signed in; null when the field asks none.</summary>
    public string? Policy { get; init; }

    /// <summary>Roles of which the viewer needs one besides; asked only where there is a policy.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>When the policy is asked.</summary>
    public ApplyPolicy ApplyPolicy { get; init; }

    /// <summary>Whether the field is for everybody on purpose.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>What asking for the field once costs; null for the default of its kind (README, Cost).</summary>
    public double? Cost { get; init; }

    /// <summary>How many values to expect; null when the field is no list or nobody said.</summary>
    public ListSize? ListSize { get; init; }

    /// <summary>What others attach to the definition.</summary>
    public Features Features { get; init; } = new();

    /// <summary>The type that has the field; known once the schema is built.</summary>
    public TypeDefinition? DeclaringType { get; internal set; }

    /// <summary>The schema coordinate, "Student.name" for instance ("Schema Coordinates").</summary>
    public string Coordinate => $"{DeclaringType?.Name}.{Name}";

    /// <summary>The text it was read from.</summary>
    internal FieldDefinitionNode? Syntax { get; init; }

    /// <summary>The type's parsed reference; set instead of text when the field was read from SDL.</summary>
    internal TypeNode? TypeSyntax => Syntax?.Type;

    /// <summary>The argument of that name; null when there is none.</summary>
    public InputValueDefinition? FindArgument(string argument)
    {
        foreach (var candidate in Arguments)
        {
            if (candidate.Name == argument) return candidate;
        }

        return null;
    }

    /// <summary>The coordinate.</summary>
    public override string ToString() => Coordinate;
}
