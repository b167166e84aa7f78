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

/// <summary>A batched look-up: the method takes the keys of a wave and answers a dictionary. The generator
/// writes the loader class and its interface: <c>GetStudentByIdAsync</c> makes <c>IStudentByIdDataLoader</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DataLoaderAttribute : Attribute;
