using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace K12Hub.Architecture.Tests;

/// <summary>What others build on is kept as text, so that a reviewer sees every change of a promise in the diff.
/// After a wanted change run with <c>K12HUB_APPROVE=1</c> and commit the new text.</summary>
public sealed class PublicSurfaceTests
{
    [Theory]
    [InlineData("K12Hub.Contracts")]
    [InlineData("K12Hub.EventStore")]
    [InlineData("K12Hub.GraphQL")]
    [InlineData("K12Hub.GraphQL.Http")]
    [InlineData("K12Hub.Hosting")]
    public void The_public_surface_is_the_approved_one(string assembly)
    {
        var actual = PublicSurface.Of(Assembly.Load(assembly).GetExportedTypes());
        var approved = Path.Combine(Repository.Root, "tests/Architecture.Tests/approved", assembly + ".txt");
        if (Environment.GetEnvironmentVariable("K12HUB_APPROVE") is "1") File.WriteAllText(approved, actual);

        Assert.Equal(File.ReadAllText(approved), actual);
    }

    [Fact]
    public void The_text_notices_a_changed_member() => Assert.NotEqual(
        PublicSurface.Of([typeof(Before)]).Replace("Before", ""),
        PublicSurface.Of([typeof(After)]).Replace("After", ""));

    public sealed class Before
    {
        public static int Days(int from, int? to) => from + (to ?? 0);
    }

    public sealed class After
    {
        public static long Days(int from, int? to) => from + (to ?? 0);
    }
}

/// <summary>Writes the public types and members of an assembly, one a line, sorted.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type) =>
        type.GetConstructors(Declared).Where(IsVisible).Select(c => $"new({Parameters(c)})")
            .Concat(type.GetMethods(Declared).Where(m => IsVisible(m) && !m.IsSpecialName && !IsCompilerMade(m))
                .Select(m => $"{Static(m)}{m.Name}({Parameters(m)}): {Name(m.ReturnType)}"))
            .Concat(type.GetProperties(Declared)
                .Where(p => p.GetAccessors(true).Any(IsVisible) && p.Name != "EqualityContract")
                .Select(p => $"{p.Name}: {Name(p.PropertyType)}{(IsSettable(p) ? " {get; set}" : "")}"))
            .Concat(type.GetFields(Declared).Where(f => (f.IsPublic || f.IsFamily) && !f.IsSpecialName)
                .Select(f => $"field {f.Name}: {Name(f.FieldType)}"));

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsSettable(PropertyInfo property) => property.SetMethod is { } set && IsVisible(set);

    private static bool IsCompilerMade(MethodInfo method) =>
        method.IsDefined(typeof(CompilerGeneratedAttribute)) || method.Name is "PrintMembers" or "<Clone>$"
        || (method.Name is "ToString" or "GetHashCode" or "Equals" && method.IsVirtual);

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"));

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
        : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsSealed ? "sealed class" : "class";

    private static string Name(Type type)
    {
        if (type.IsByRef || type.IsArray || type.IsPointer)
        {
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : type.IsByRef ? "&" : "*");
        }

        if (type.IsGenericParameter) return type.Name;
        if (!type.IsGenericType) return type.FullName ?? type.Name;

        var plain = type.GetGenericTypeDefinition().FullName!;
        return $"{plain.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
