using System.Collections.Immutable;
using System.Text;
using K12Hub.Generators.Model;
using K12Hub.Generators.Reading;
using K12Hub.Generators.Writing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace K12Hub.Generators;

/// <summary>Writes a module's part of the GraphQL schema from its annotations.</summary>
/// <remarks>Each annotated class is read once into a model that holds no symbols and is compared by value, and gets
/// one file. Editing a method's body changes no model, so nothing is written again.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class SchemaGenerator : IIncrementalGenerator
{
    private const string Annotations = "K12Hub.GraphQL.";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var objects = Annotated<TypeDeclarationSyntax, ObjectTypeModel>(
            context, "ObjectTypeAttribute`1", ObjectTypeReader.Read, "Objects");
        var roots = Roots(context, RootKind.Query, "Queries").Collect()
            .Combine(Roots(context, RootKind.Mutation, "Mutations").Collect())
            .Combine(Roots(context, RootKind.Subscription, "Subscriptions").Collect())
            .Select(static (all, _) => all.Left.Left.AddRange(all.Left.Right).AddRange(all.Right).ToItems());
        var loaders = Annotated<MethodDeclarationSyntax, LoaderModel>(
            context, "DataLoaderAttribute", LoaderReader.Read, "Loaders");
        var modules = Annotated<CompilationUnitSyntax, ModuleModel>(
            context,
            "ModuleAttribute",
            found => new ModuleModel((string)found.Attributes[0].ConstructorArguments[0].Value!),
            "Modules");

        context.RegisterSourceOutput(objects, static (output, model) => Add(
            output, model.Problems, model.Class.HintName, () => ObjectTypeWriter.Write(model)));
        context.RegisterSourceOutput(loaders, static (output, model) => Add(
            output, model.Problems, model.HintName, () => LoaderWriter.Write(model)));

        AddShared(context, objects, roots);
        AddModule(context, modules, objects, roots, loaders);
    }

    /// <summary>The classes of one root, each with its file.</summary>
    private static IncrementalValuesProvider<RootTypeModel> Roots(
        IncrementalGeneratorInitializationContext context, RootKind kind, string step)
    {
        var roots = Annotated<TypeDeclarationSyntax, RootTypeModel>(
            context, $"{kind}TypeAttribute", found => RootTypeReader.Read(found, kind), step);
        context.RegisterSourceOutput(roots, static (output, model) => Add(
            output, model.Problems, model.Class.HintName, () => RootTypeWriter.Write(model)));
        return roots;
    }

    /// <summary>Enums and input objects that any number of classes refer to, each once.</summary>
    private static void AddShared(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<ObjectTypeModel> objects,
        IncrementalValueProvider<Items<RootTypeModel>> roots)
    {
        var references = objects.Select(static (model, _) => model.References).Collect()
            .Combine(roots)
            .Select(static (all, _) => all.Left.Concat(all.Right.Select(root => root.References)).ToItems());
        var enums = references.SelectMany(static (all, _) => all.SelectMany(one => one.Enums).Distinct());
        var inputs = references.SelectMany(static (all, _) => all.SelectMany(one => one.Inputs).Distinct());
        context.RegisterSourceOutput(enums, static (output, model) => Add(
            output, Items<Problem>.None, HintName(model.Type), () => EnumWriter.Write(model)));
        context.RegisterSourceOutput(inputs, static (output, model) => Add(
            output, Items<Problem>.None, HintName(model.Type), () => InputWriter.Write(model)));
    }

    private static void AddModule(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<ModuleModel> modules,
        IncrementalValuesProvider<ObjectTypeModel> objects,
        IncrementalValueProvider<Items<RootTypeModel>> roots,
        IncrementalValuesProvider<LoaderModel> loaders)
    {
        var types = objects.Select(static (model, _) => model.Class).Collect()
            .Combine(roots)
            .Select(static (all, _) => all.Left.Concat(all.Right.Select(root => root.Class)).ToItems());
        var known = types.Combine(loaders.Collect().Select(static (all, _) => all.ToItems()))
            .WithTrackingName("Module");
        context.RegisterSourceOutput(modules.Combine(known), static (output, model) => Add(
            output,
            Items<Problem>.None,
            $"{model.Left.Name}.g.cs",
            () => ModuleWriter.Write(model.Left, model.Right.Left, model.Right.Right)));

        var missing = objects.Select(static (model, _) => model.Row.CSharp).Collect()
            .Combine(roots.Combine(objects.Collect()))
            .Select(static (all, _) => Missing(all.Left, all.Right.Left, all.Right.Right));
        context.RegisterSourceOutput(missing, static (output, problems) => Report(output, problems));
    }

    /// <summary>Rows that fields return although no class says what they look like.</summary>
    private static Items<Problem> Missing(
        ImmutableArray<string> known,
        Items<RootTypeModel> roots,
        ImmutableArray<ObjectTypeModel> objects) =>
        roots.Select(model => model.References)
            .Concat(objects.Select(model => model.References))
            .SelectMany(references => references.Rows)
            .Distinct()
            .Where(row => !known.Contains(row))
            .Select(row => Problem.At(Rules.NoObjectType, null, row.Replace("global::", "")))
            .ToItems();

    private static IncrementalValuesProvider<TModel> Annotated<TSyntax, TModel>(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        Func<GeneratorAttributeSyntaxContext, TModel> read,
        string step)
        where TSyntax : SyntaxNode => context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Annotations + attribute,
                static (node, _) => node is TSyntax,
                (found, _) => read(found))
            .WithTrackingName(step);

    private static string HintName(RowModel type) => $"{type.SchemaNamespace}.{type.SchemaName}.g.cs";

    private static void Add(SourceProductionContext output, Items<Problem> problems, string file, Func<string> write)
    {
        Report(output, problems);
        if (problems.Count == 0)
        {
            output.AddSource(file, SourceText.From(write(), Encoding.UTF8));
        }
    }

    private static void Report(SourceProductionContext output, Items<Problem> problems)
    {
        foreach (var problem in problems)
        {
            output.ReportDiagnostic(problem.ToDiagnostic());
        }
    }
}
