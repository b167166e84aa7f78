using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypeKind = K12Hub.Generators.Model.TypeKind;

namespace K12Hub.Generators.Reading;

/// <summary>Reads a command record with <c>[Mutation]</c>.</summary>
internal static class CommandReader
{
    private const string Hosting = "K12Hub.Hosting";

    public static Found<CommandModel> Read(GeneratorAttributeSyntaxContext context)
    {
        var reading = new ReadingContext();
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var mutation = context.Attributes[0];
        var name = mutation.ConstructorArguments.FirstOrDefault().Value as string ?? "";
        var policy = Names.Setting<string>(mutation, "Policy") ?? "";
        var row = mutation.NamedArguments.FirstOrDefault(argument => argument.Key == "Returns").Value.Value
            as INamedTypeSymbol;
        var rule = Rule(type);
        if (rule is null || row is null || !type.IsRecord || name.Length == 0)
        {
            reading.Report(Rules.CommandShape, type, type.Name);
        }

        if (policy.Length == 0)
        {
            reading.Report(Rules.CommandPolicy, type, type.Name);
        }

        var returned = TypeReader.Row(row ?? type);
        if (row is not null)
        {
            reading.Returns(returned, type);
        }

        var input = Input(type, name, returned, reading);
        return reading.Found(new CommandModel(
            TypeReader.Row(type), name, policy, input, rule ?? new RuleModel("object", "object", false, true), returned)
        {
            Deprecation = Names.Deprecation(type),
            Subject = Subject(type, input, reading),
            Partial = Partial(type, (TypeDeclarationSyntax)context.TargetNode),
            References = reading.References,
        });
    }

    private static RuleModel? Rule(INamedTypeSymbol type)
    {
        var state = type.AllInterfaces.FirstOrDefault(face => face is { Name: "ICommand", Arity: 1 }
            && face.ContainingNamespace.ToDisplayString() == Hosting)?.TypeArguments[0];
        var decide = type.GetMembers("Decide").OfType<IMethodSymbol>().FirstOrDefault(method =>
            method.IsStatic && method.Parameters.Length is 2 or 3
            && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, state)
            && SymbolEqualityComparer.Default.Equals(method.Parameters[1].Type, type)
            && (method.Parameters.Length == 2
                || TypeReader.CSharp(method.Parameters[2].Type) == "global::System.DateTimeOffset"));
        return state is not null && decide is not null
            && TypeReader.Argument(decide.ReturnType, "Decision", Hosting) is { } happens
                ? new RuleModel(
                    TypeReader.CSharp(state),
                    TypeReader.CSharp(happens),
                    decide.Parameters.Length == 3,
                    decide.Parameters[0].NullableAnnotation is NullableAnnotation.Annotated)
                : null;
    }

    /// <summary>The subject's plain key is the global id of what is answered.</summary>
    private static InputModel Input(INamedTypeSymbol type, string name, RowModel row, ReadingContext reading)
    {
        var named = TypeReader.Row(type) with { GraphQL = name.Length == 0 ? name : Names.PascalCase(name) + "Input" };
        var input = InputReader.Read(type, named, reading);
        return input with
        {
            Fields = input.Fields.Select(field => field is { CSharp: "Id", Type: { Kind: TypeKind.Scalar } plain }
                ? field with { Type = plain with { Kind = TypeKind.Id, GraphQL = "ID", IdOf = row.GraphQL } }
                : field).ToItems(),
        };
    }

    private static string? Subject(INamedTypeSymbol type, InputModel input, ReadingContext reading)
    {
        if (input.Fields.FirstOrDefault(field => field.CSharp == "Id") is not { Type: { } id })
        {
            return null;
        }

        if (id.IsNullable || (id.Wrapped ?? id.CSharp) != "global::System.Guid")
        {
            reading.Report(Rules.CommandSubject, type, type.Name);
        }

        return id.Wrapped is null ? "command.Id" : "command.Id.Value";
    }

    private static string? Partial(INamedTypeSymbol type, TypeDeclarationSyntax declaration) =>
        type.ContainingType is null && declaration.Modifiers.Any(SyntaxKind.PartialKeyword) ? type.Name : null;
}
