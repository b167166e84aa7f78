using System.Text;
using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Reads <c>[Error]</c>: exceptions of a mutation that are answers.</summary>
internal static class ErrorReader
{
    /// <summary>What every exception has and no caller is told, the message apart.</summary>
    private static readonly HashSet<string> OfEvery =
        ["Message", "Data", "InnerException", "HelpLink", "HResult", "Source", "StackTrace", "TargetSite"];

    private const string Factory = "CreateErrorFrom";

    public static IEnumerable<ErrorModel> Of(IMethodSymbol method, ReadingContext reading)
    {
        foreach (var type in Named(method))
        {
            var errors = IsException(type) ? [OfException(type, reading)] : OfRecord(type, reading).ToArray();
            if (errors.Length == 0)
            {
                reading.Report(Rules.ErrorShape, method, method.Name, type.Name);
            }

            foreach (var error in errors)
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> Named(IMethodSymbol method) => method.GetAttributes()
        .Where(attribute => attribute.AttributeClass is { Name: "ErrorAttribute" } type
            && type.ContainingNamespace.ToDisplayString() == "K12Hub.GraphQL")
        .Select(attribute => attribute.AttributeClass!.TypeArguments.FirstOrDefault()
            ?? attribute.ConstructorArguments.FirstOrDefault().Value)
        .OfType<INamedTypeSymbol>();

    /// <summary>What the exception itself declares, its bases outside of System included.</summary>
    private static ErrorModel OfException(INamedTypeSymbol type, ReadingContext reading)
    {
        var name = Bare(type);
        var fields = new RowReader(type, isNode: false, reading).Fields(OfEvery)
            .Where(field => field.Name is not ("code" or "path"));
        return new ErrorModel(
            TypeReader.CSharp(type), name + "Error", CodeOf(name), null, null, fields.ToItems());
    }

    /// <summary>A record made of exceptions: by each of its CreateErrorFrom methods, or by its constructor.</summary>
    private static IEnumerable<ErrorModel> OfRecord(INamedTypeSymbol type, ReadingContext reading)
    {
        var csharp = TypeReader.CSharp(type);
        var name = Bare(type);
        var properties = new RowReader(type, isNode: false, reading);
        if (!properties.Has("Message"))
        {
            return [];
        }

        var fields = properties.Fields(new HashSet<string>())
            .Where(field => field.Name is not ("message" or "code" or "path"))
            .ToItems();
        var factories = type.GetMembers(Factory).OfType<IMethodSymbol>()
            .Where(factory => factory.IsStatic && TakesException(factory))
            .Select(factory => (factory.Parameters[0].Type, Create: $"{csharp}.{Factory}"));
        var constructors = type.InstanceConstructors.Where(TakesException)
            .Select(constructor => (constructor.Parameters[0].Type, Create: $"new {csharp}"));
        return factories.Concat(constructors)
            .Select(one => new ErrorModel(
                TypeReader.CSharp(one.Type), name + "Error", CodeOf(name), csharp, one.Create, fields));
    }

    private static bool TakesException(IMethodSymbol method) =>
        method.Parameters.Length == 1 && IsException(method.Parameters[0].Type);

    private static bool IsException(ITypeSymbol type)
    {
        for (var parent = (ITypeSymbol?)type; parent is not null; parent = parent.BaseType)
        {
            if (parent.ToDisplayString() == "System.Exception") return true;
        }

        return false;
    }

    private static string Bare(INamedTypeSymbol type)
    {
        var name = Names.OfType(type);
        foreach (var suffix in new[] { "Exception", "Error" })
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length)
            {
                return name.Substring(0, name.Length - suffix.Length);
            }
        }

        return name;
    }

    /// <summary>ClubFull becomes club_full.</summary>
    private static string CodeOf(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            text.Append(char.IsUpper(letter) && text.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
