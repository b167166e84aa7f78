namespace K12Hub.GraphQL.SchemaTypes;

/// <summary>A scalar of the schema, named by <see cref="GraphQLTypeAttribute{T}"/>. Only its name counts.</summary>
public interface ISchemaType;

/// <summary><c>ID</c>: the raw value as text.</summary>
public sealed class IdType : ISchemaType;

/// <summary><c>String</c>.</summary>
public sealed class StringType : ISchemaType;

/// <summary><c>Int</c>: 32 bits.</summary>
public sealed class IntType : ISchemaType;

/// <summary><c>Long</c>: 64 bits.</summary>
public sealed class LongType : ISchemaType;

/// <summary><c>Float</c>.</summary>
public sealed class FloatType : ISchemaType;
