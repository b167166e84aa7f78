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
    private const string Commands = "K12Hub.Hosting.MutationAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var objects = Annotated<TypeDeclarationSyntax, ObjectTypeModel>(
            context, Annotations + "ObjectTypeAttribute`1", ObjectTypeReader.Read, "Objects");
        var queries = Roots(context, RootKind.Query, "Queries");
        var mutations = Roots(context, RootKind.Mutation, "Mutations");
        var subscriptions = Roots(context, RootKind.Subscription, "Subscriptions");
        var loaders = Annotated<MethodDeclarationSyntax, LoaderModel>(
            context, Annotations + "DataLoaderAttribute", LoaderReader.Read, "Loaders");
        var commands = Annotated<TypeDeclarationSyntax, CommandModel>(
            context, Commands, CommandReader.Read, "Commands");
        var modules = Annotated<CompilationUnitSyntax, ModuleModel>(
            context,
            Annotations + "ModuleAttribute",
            found => new(new ModuleModel((string)found.Attributes[0].ConstructorArguments[0].Value!)),
            "Modules");
        Write(context, objects.Models, model => model.Class.HintName, ObjectTypeWriter.Write);
        Write(context, loaders.Models, model => model.HintName, LoaderWriter.Write);
        Write(context, commands.Models, model => model.Class.HintName, CommandWriter.Write);

        var roots = queries.Models.Collect().With(mutations.Models).With(subscriptions.Models);
        var references = objects.Models.Select(static (model, _) => model.References).Collect()
            .With(commands.Models.Select(static (model, _) => model.References)).Combine(roots)
            .Select(static (all, _) => all.Left.Concat(all.Right.Select(root => root.References)).ToItems());
        var types = objects.Models.Select(static (model, _) => model.Class).Collect()
            .With(commands.Models.Select(static (model, _) => model.Class)).Combine(roots)
            .Select(static (all, _) => all.Left.Concat(all.Right.Select(root => root.Class)).ToItems());
        AddShared(context, references, objects.Models);
        AddModule(context, modules.Models, types, loaders.Models);

        var problems = objects.Problems.Collect().With(queries.Problems).With(mutations.Problems)
            .With(subscriptions.Problems).With(loaders.Problems).With(commands.Problems);
        context.RegisterSourceOutput(problems, static (output, found) => Report(output, found));
        var suspicions = objects.Suspicions.Collect().With(queries.Suspicions).With(mutations.Suspicions)
            .With(subscriptions.Suspicions).With(commands.Suspicions);
        var known = objects.All.Select(static (model, _) => new KnownType(model.Row.CSharp, model.Access)).Collect();
        context.RegisterSourceOutput(
            suspicions.Combine(known).Combine(references),
            static (output, all) => Report(output, Suspicion.Confirmed(all.Left.Left, all.Left.Right, all.Right)));
    }

    /// <summary>The classes of one root, each with its file.</summary>
    private static FoundModels<RootTypeModel> Roots(
        IncrementalGeneratorInitializationContext context, RootKind kind, string step)
    {
        var roots = Annotated<TypeDeclarationSyntax, RootTypeModel>(
            context, $"{Annotations}{kind}TypeAttribute", found => RootTypeReader.Read(found, kind), step);
        Write(context, roots.Models, model => model.Class.HintName, RootTypeWriter.Write);
        return roots;
    }

    /// <summary>Enums, input objects, interfaces and unions that any number of classes refer to, each once.</summary>
    private static void AddShared(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<Items<References>> references,
        IncrementalValuesProvider<ObjectTypeModel> objects)
    {
        var enums = references.SelectMany(static (all, _) => all.SelectMany(one => one.Enums).Distinct());
        var inputs = references.SelectMany(static (all, _) => all.SelectMany(one => one.Inputs).Distinct());
        var abstracts = references.SelectMany(static (all, _) => all.SelectMany(one => one.Abstracts).Distinct());
        var members = objects
            .SelectMany(static (model, _) => model.Unions.Select(
                union => new UnionMember(union.CSharp, model.Row.GraphQL)))
            .Collect()
            .Select(static (all, _) => all.ToItems());
        Write(context, enums, model => HintName(model.Type), EnumWriter.Write);
        Write(context, inputs, model => HintName(model.Type), InputWriter.Write);
        Write(
            context,
            abstracts.Combine(members).Select(static (both, _) => new AbstractWithMembers(
                both.Left, both.Right.Where(member => member.Union == both.Left.Type.CSharp).ToItems())),
            model => HintName(model.Type.Type),
            AbstractWriter.Write);
    }

    private static void AddModule(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<ModuleModel> modules,
        IncrementalValueProvider<Items<ClassModel>> types,
        IncrementalValuesProvider<LoaderModel> loaders)
    {
        var known = types.Combine(loaders.Collect().Select(static (all, _) => all.ToItems()))
            .WithTrackingName("Module");
        context.RegisterSourceOutput(modules.Combine(known), static (output, model) => output.AddSource(
            $"{model.Left.Name}.g.cs",
            SourceText.From(ModuleWriter.Write(model.Left, model.Right.Left, model.Right.Right), Encoding.UTF8)));
    }

    private static FoundModels<TModel> Annotated<TSyntax, TModel>(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        Func<GeneratorAttributeSyntaxContext, Found<TModel>> read,
        string step)
        where TSyntax : SyntaxNode
        where TModel : class => new(
            context.SyntaxProvider.ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is TSyntax,
                (found, _) => read(found)),
            step);

    private static string HintName(RowModel type) => $"{type.SchemaNamespace}.{type.SchemaName}.g.cs";

    private static void Write<TModel>(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<TModel> models,
        Func<TModel, string> file,
        Func<TModel, string> write) => context.RegisterSourceOutput(models, (output, model) =>
            output.AddSource(file(model), SourceText.From(write(model), Encoding.UTF8)));

    private static void Report(SourceProductionContext output, IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
        {
            output.ReportDiagnostic(problem.ToDiagnostic());
        }
    }
}
