using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Types;

/// <summary>The three fields every schema has without defining them (4.1, 4.2).</summary>
internal sealed class IntrospectionFields
{
    private readonly FieldDefinition typeName;
    private readonly FieldDefinition schema;
    private readonly FieldDefinition type;

    public IntrospectionFields(Schema owner)
    {
        typeName = new FieldDefinition("__typename", "String!")
        {
            Description = "The name of the object's type.",
            AllowAnonymous = true,
            Type = new NonNullType(BuiltInScalars.String),
        };
        schema = new FieldDefinition("__schema", "__Schema!")
        {
            Description = "The schema itself.",
            AllowAnonymous = true,
            Type = new NonNullType(owner.FindType("__Schema")!),
            DeclaringType = owner.QueryType,
            Resolver = new PureResolver(_ => owner),
        };
        type = new FieldDefinition("__type", "__Type")
        {
            Description = "One type by its name.",
            AllowAnonymous = true,
            Type = owner.FindType("__Type")!,
            DeclaringType = owner.QueryType,
            Arguments = [new("name", "String!") { Type = new NonNullType(BuiltInScalars.String) }],
            Resolver = new SyncResolver(context => owner.FindType(context.Argument<string>("name")!)),
        };
    }

    public FieldDefinition? Find(Schema owner, TypeDefinition parent, string name) => name switch
    {
        "__typename" when parent.IsComposite => typeName,
        "__schema" when parent == owner.QueryType => schema,
        "__type" when parent == owner.QueryType => type,
        _ => null,
    };
}
