using K12Hub.Generators.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace K12Hub.Generators.Tests;

/// <summary>Each fix, taken where the error stands, leaves code that the generator does not complain about.</summary>
public sealed class CodeFixTests
{
    private const string Row = """
        public sealed record PupilRow { public Guid Id { get; init; } public string Name { get; init; } = ""; }

        """;

    [Theory]
    [InlineData("public sealed class Queries { ", "public static partial class Queries { ")]
    [InlineData("internal partial class Queries { ", "internal static partial class Queries { ")]
    public Task A_class_becomes_static_partial(string before, string after) => Fixes<StaticPartialFix>(
        "K12GQL001",
        $"[QueryType, AllowAnonymous] {before}public static int One() => 1; }}",
        $"[QueryType, AllowAnonymous] {after}public static int One() => 1; }}");

    [Fact]
    public Task A_page_becomes_a_connection() => Fixes<ConnectionFix>(
        "K12GQL003",
        """
        [QueryType, AllowAnonymous] public static partial class Queries
        {
            public static Page<PupilRow> Pupils(PagingArguments paging) => null!;
        }
        [ObjectType<PupilRow>] public static partial class Node;
        """,
        """
        [QueryType, AllowAnonymous] public static partial class Queries
        {
            [UseConnection]
            public static Page<PupilRow> Pupils(PagingArguments paging) => null!;
        }
        [ObjectType<PupilRow>] public static partial class Node;
        """);

    [Theory]
    [InlineData("[Parent(nameof(PupilRow.Id))]", "[Parent(nameof(PupilRow.Id), nameof(PupilRow.Name))]")]
    [InlineData("[Parent]", "[Parent(nameof(PupilRow.Name))]")]
    public Task A_column_is_named(string before, string after)
    {
        const string Code = """
            [ObjectType<PupilRow>] public static partial class Node
            {
                public static string Label(@@ PupilRow pupil) => pupil.Name;
            }
            """;
        return Fixes<ParentFix>("K12GQL005", Code.Replace("@@", before), Code.Replace("@@", after));
    }

    [Theory]
    [InlineData("Authorize")]
    [InlineData("AllowAnonymous")]
    public Task A_root_field_says_who_may(string title) => Fixes<AccessFix>(
        "K12GQL019",
        """
        [QueryType] public static partial class Queries
        {
            /// <summary>One.</summary>
            public static int One() => 1;
        }
        """,
        $$"""
        [QueryType] public static partial class Queries
        {
            /// <summary>One.</summary>
            [{{title}}]
            public static int One() => 1;
        }
        """,
        title);

    [Fact]
    public Task A_property_of_one_of_becomes_nullable() => Fixes<NullableFix>(
        "K12GQL014",
        """
        [OneOf] public sealed record WayInput { public int Stop { get; init; } }
        [QueryType] public static partial class Queries { [AllowAnonymous] public static int One(WayInput way) => 1; }
        """,
        """
        [OneOf] public sealed record WayInput { public int? Stop { get; init; } }
        [QueryType] public static partial class Queries { [AllowAnonymous] public static int One(WayInput way) => 1; }
        """);

    [Fact]
    public Task A_loaders_state_becomes_nullable() => Fixes<NullableFix>(
        "K12GQL017", Loader("[DataLoaderState] string state, CancellationToken ct"),
        Loader("[DataLoaderState] string? state, CancellationToken ct"));

    [Fact]
    public Task A_loader_takes_a_token() => Fixes<CancellationFix>(
        "K12GQL018", Loader("string? unused"), Loader("string? unused, CancellationToken ct"));

    [Fact]
    public void Every_fix_is_for_an_error_there_is()
    {
        var fixes = typeof(SyntaxFix).Assembly.GetExportedTypes().Where(type => !type.IsAbstract)
            .SelectMany(type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds);

        Assert.All(fixes, id => Assert.NotNull(Rules.Of(id)));
    }

    private static string Loader(string parameters) => $$"""
        public static class Loaders
        {
            [DataLoader]
            public static Task<Dictionary<Guid, string>> Load(IReadOnlyList<Guid> ids, {{parameters}}) => null!;
        }
        """;

    private static async Task Fixes<TFix>(string id, string before, string after, string? title = null)
        where TFix : CodeFixProvider, new()
    {
        var source = Samples.Usings + Row + before;
        var found = Compiled.From(source).Diagnostics.First(diagnostic => diagnostic.Id == id);

        var changed = await Apply(new TFix(), source, found, title);

        Assert.Equal(Samples.Usings + Row + after, changed.ReplaceLineEndings("\n"));
        Assert.DoesNotContain(id, Compiled.From(changed).Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    private static async Task<string> Apply(CodeFixProvider fix, string source, Diagnostic found, string? title)
    {
        var ct = TestContext.Current.CancellationToken;
        using var workspace = new AdhocWorkspace();
        var document = workspace.AddProject("Sample", LanguageNames.CSharp)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.Preview))
            .AddDocument("Sample.cs", SourceText.From(source));
        var actions = new List<CodeAction>();
        var tree = await document.GetSyntaxTreeAsync(ct);
        var there = Diagnostic.Create(found.Descriptor, Location.Create(tree!, found.Location.SourceSpan));
        await fix.RegisterCodeFixesAsync(
            new CodeFixContext(document, there, (action, _) => actions.Add(action), ct));

        var chosen = Assert.Single(actions, action => title is null || action.Title == title);
        var operations = await chosen.GetOperationsAsync(ct);
        var solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (await solution.GetDocument(document.Id)!.GetTextAsync(ct)).ToString();
    }
}
