using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>
/// An argument (3.6.1) or an input field (3.10). Type and default are SDL, resolved when the schema is built.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="typeReference">The type in SDL, "[ID!]!" for instance.</param>
public sealed class InputValueDefinition(string name, string typeReference)
{
    private IType? type;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The type as written.</summary>
    public string TypeReference { get; } = typeReference;

    /// <summary>The resolved type; known once the schema is built.</summary>
    public IType Type
    {
        get => type ?? throw new InvalidOperationException($"The type of argument \"{Name}\" is known after Build().");
        internal set => type = value;
    }

    /// <summary>What it means, in Markdown; null when nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// The default as a GraphQL literal, "10" or "\"none\"" or "null"; null when there is no default.
    /// </summary>
    public string? DefaultLiteral { get; init; }

    /// <summary>The default as syntax; null when there is none. Known once the schema is built.</summary>
    public ValueNode? DefaultValue { get; internal set; }

    /// <summary>The default as resolvers get it; meaningful when <see cref="DefaultValue"/> is there.</summary>
    public object? CoercedDefault { get; internal set; }

    /// <summary>Whether a value must be given: non-null and without default.</summary>
    public bool IsRequired => DefaultValue is null && Type is NonNullType;

    /// <summary>Why not to use it any more; null while it is not deprecated.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>What giving it costs; null for the default: 1 for an input object, else nothing.</summary>
    public double? Cost { get; init; }

    /// <summary>What others attach to the definition.</summary>
    public Features Features { get; init; } = new();

    /// <summary>The schema coordinate, "Query.students(first:)" for instance; known once the schema is built.</summary>
    public string Coordinate { get; internal set; } = name;

    /// <summary>The text it was read from.</summary>
    internal InputValueDefinitionNode? Syntax { get; init; }

    /// <summary>The coordinate.</summary>
    public override string ToString() => Coordinate;
}
