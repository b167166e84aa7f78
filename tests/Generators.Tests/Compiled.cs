using K12Hub.GraphQL;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace K12Hub.Generators.Tests;

/// <summary>Compiles C# together with what the generator writes for it.</summary>
internal sealed class Compiled
{
    private static readonly CSharpParseOptions Parsing =
        new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(typeof(ModuleAttribute).Assembly.Location)
            .Distinct()
            .Select(path => MetadataReference.CreateFromFile(path))];

    private readonly Compilation compilation;
    private readonly GeneratorDriver driver;

    private Compiled(Compilation compilation, GeneratorDriver driver)
    {
        this.compilation = compilation;
        this.driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var all, out var found);
        Diagnostics = [.. found];
        Errors = [.. all.GetDiagnostics().Where(d => d.Severity is DiagnosticSeverity.Error).Select(d => d.ToString())];
    }

    public Diagnostic[] Diagnostics { get; }

    /// <summary>What the compiler says of the code and the generated code together.</summary>
    public string[] Errors { get; }

    /// <summary>The files written, by name.</summary>
    public IReadOnlyDictionary<string, string> Files => driver.GetRunResult().Results[0].GeneratedSources
        .ToDictionary(file => file.HintName, file => file.SourceText.ToString());

    /// <summary>Why the outputs of the named step are what they are.</summary>
    public IncrementalStepRunReason[] Reasons(string step) =>
        [.. driver.GetRunResult().Results[0].TrackedSteps.TryGetValue(step, out var runs)
            ? runs.SelectMany(run => run.Outputs).Select(output => output.Reason)
            : []];

    /// <summary>Why the files are what they are.</summary>
    public IncrementalStepRunReason[] FileReasons =>
        [.. driver.GetRunResult().Results[0].TrackedOutputSteps.Values
            .SelectMany(runs => runs).SelectMany(run => run.Outputs).Select(output => output.Reason)];

    public static Compiled From(string source)
    {
        var compilation = CSharpCompilation.Create(
            "Sample",
            [Parse(source)],
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var options = new GeneratorDriverOptions(
            IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true);
        return new Compiled(compilation, CSharpGeneratorDriver.Create(
            [new SchemaGenerator().AsSourceGenerator()], parseOptions: Parsing, driverOptions: options));
    }

    /// <summary>The same compilation after an edit, with the same generator.</summary>
    public Compiled Edited(string before, string after)
    {
        var tree = compilation.SyntaxTrees.Single();
        var text = tree.ToString();
        Assert.Contains(before, text, StringComparison.Ordinal);
        return new Compiled(compilation.ReplaceSyntaxTree(tree, Parse(text.Replace(before, after))), driver);
    }

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, Parsing, "Sample.cs");
}
