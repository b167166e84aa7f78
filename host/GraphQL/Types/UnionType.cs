namespace K12Hub.GraphQL.Types;

/// <summary>A union (3.8): a value of one of its member types.</summary>
public sealed class UnionType(string name) : TypeDefinition(name)
{
    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Union;

    /// <summary>The names of the member types.</summary>
    public IReadOnlyList<string> MemberReferences { get; init; } = [];

    /// <summary>The member types; known once the schema is built.</summary>
    public IReadOnlyList<ObjectType> Members { get; internal set; } = [];
}
