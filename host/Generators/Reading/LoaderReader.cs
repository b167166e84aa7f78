using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Reads a method with <c>[DataLoader]</c>.</summary>
internal static class LoaderReader
{
    private const string Collections = "System.Collections.Generic";

    public static Found<LoaderModel> Read(GeneratorAttributeSyntaxContext context)
    {
        var reading = new ReadingContext();
        var method = (IMethodSymbol)context.TargetSymbol;
        var type = method.ContainingType;
        var key = method.Parameters.Length == 0
            ? null
            : TypeReader.Argument(method.Parameters[0].Type, "IReadOnlyList", Collections);
        var result = TypeReader.Argument(method.ReturnType, "Task", "System.Threading.Tasks") as INamedTypeSymbol;
        var isLookup = result is { Name: "ILookup", Arity: 2 };
        if (key is null || !method.IsStatic || !(isLookup || result is { Name: "Dictionary" or "IReadOnlyDictionary" }))
        {
            reading.Report(Rules.LoaderShape, method, method.Name);
        }

        if (method.Parameters.All(p => TypeReader.CSharp(p.Type) != "global::System.Threading.CancellationToken"))
        {
            reading.Report(Rules.LoaderCancellation, method, method.Name);
        }

        return reading.Found(new LoaderModel(
            ClassReader.Read(type, context.TargetNode),
            method.Name,
            Names.Bare(method.Name),
            key is null ? "" : TypeReader.CSharp(key),
            result is { Arity: 2 } ? TypeReader.CSharp(result.TypeArguments[1]) : "")
        {
            IsPublic = method.DeclaredAccessibility is Accessibility.Public
                && type.DeclaredAccessibility is Accessibility.Public,
            IsLookup = isLookup,
            Parameters = method.Parameters.Skip(1)
                .Select(parameter => ParameterReader.Read(parameter, reading))
                .Prepend(new ParameterModel(ParameterKind.Keys, "keys", ""))
                .ToItems(),
        });
    }
}
