namespace K12Hub.GraphQL;

/// <summary>Names the generated registration method of an assembly: <c>[assembly: Module("RosterTypes")]</c>
/// makes <c>AddRosterTypes()</c>, which registers every annotated type of the assembly.</summary>
/// <param name="name">The method's name without <c>Add</c>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ModuleAttribute(string name) : Attribute
{
    /// <summary>The method's name without <c>Add</c>.</summary>
    public string Name { get; } = name;
}

/// <summary>The public static methods of the class are fields of <c>Query</c>; any number of classes merge.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QueryTypeAttribute : Attribute;

/// <summary>The public static methods of the class are fields of <c>Mutation</c>; any number of classes merge.
/// Each takes one <c>input</c> and answers a payload with <c>errors</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MutationTypeAttribute : Attribute;

/// <summary>Makes <typeparamref name="T"/> an object type. Its public properties are fields, the public static
/// methods of the annotated class are further fields. The type is named like the row without <c>Row</c>.</summary>
/// <typeparam name="T">The row, which itself stays free of GraphQL.</typeparam>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ObjectTypeAttribute<T> : Attribute
    where T : class;

/// <summary>The C# interface or abstract record is an interface of the schema: its properties are fields, and the
/// object types of rows that implement it implement it in the schema.</summary>
/// <param name="name">The name in the schema; null for that of C#, an <c>I</c> in front apart.</param>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class)]
public sealed class InterfaceTypeAttribute(string? name = null) : Attribute
{
    /// <summary>The name in the schema.</summary>
    public string? Name { get; } = name;
}

/// <summary>The C# interface or abstract record is a union: the object types of all rows that implement it.</summary>
/// <param name="name">The name in the schema; null for that of C#, an <c>I</c> in front apart.</param>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class)]
public sealed class UnionTypeAttribute(string? name = null) : Attribute
{
    /// <summary>The name in the schema.</summary>
    public string? Name { get; } = name;
}

/// <summary>Exactly one property of the input object is given, and not null; so all of them are nullable.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class OneOfAttribute : Attribute;

/// <summary>The object type is a <c>Node</c>; its static <c>Get</c> or <c>GetAsync</c> finds it by its raw id. Or
/// mark a method of another name with <see cref="NodeResolverAttribute"/>, which needs no <c>[Node]</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NodeAttribute : Attribute;

/// <summary>A batched look-up: the method takes the keys of a wave and answers a dictionary. The generator
/// writes the loader class and its interface: <c>GetStudentByIdAsync</c> makes <c>IStudentByIdDataLoader</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DataLoaderAttribute : Attribute;

/// <summary>The parameter of a loader's method differs from field to field: it becomes a parameter of the loader's
/// <c>With(…)</c>, and keys that come with other values are another batch. It is nullable or has a default, which
/// holds where nobody calls <c>With</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DataLoaderStateAttribute : Attribute;
