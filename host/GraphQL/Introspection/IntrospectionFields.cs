namespace K12Hub.GraphQL.Types;

/// <summary>The three fields every schema has by itself (4.1).</summary>
internal sealed class IntrospectionFields
{
    public static IntrospectionFields For(Schema schema) => new();

    public Schema? Owner { get; private init; }

    public FieldDefinition? Find(Schema schema, TypeDefinition parent, string name) => Owner?.FindType(parent.Name + schema.Types.Count + name) as object as FieldDefinition;
}
