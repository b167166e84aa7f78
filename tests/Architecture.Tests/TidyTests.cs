using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace K12Hub.Architecture.Tests;

/// <summary>Style that can be counted is counted here, so that nobody has to discuss it.</summary>
public sealed partial class TidyTests
{
    private const int LongestLine = 120;
    private const int LongestMethod = 40;
    private const int FullestFolder = 20;

    /// <summary>One file per rule of the specification, more rules than a folder holds otherwise.</summary>
    private static readonly string[] FullerFolders =
        ["host/GraphQL/Validation/Rules", "tests/GraphQL.Tests/Validation"];

    [Fact]
    public void Files_lines_and_methods_keep_their_size() =>
        Complaints.None(Sources().SelectMany(path => Oversized(path, Repository.Read(path))));

    [Fact]
    public void Names_say_what_a_thing_is() =>
        Complaints.None(Sources().SelectMany(path => Vague(path, Repository.Read(path))));

    [Fact]
    public void Nothing_is_left_to_do_and_no_failure_is_hidden() =>
        Complaints.None(Sources().SelectMany(path => Unfinished(path, Repository.Read(path))));

    [Fact]
    public void Modules_are_handed_the_time_and_their_ids() =>
        Complaints.None(Sources().Where(path => path.StartsWith("modules/", StringComparison.Ordinal))
            .SelectMany(path => Ambient(path, Repository.Read(path))));

    [Fact]
    public void Folders_stay_small_enough_to_read() =>
        Complaints.None(Sources().GroupBy(path => path[..path.LastIndexOf('/')])
            .Where(folder => folder.Count() > FullestFolder && !FullerFolders.Contains(folder.Key))
            .Select(folder => $"{folder.Key} has {folder.Count()} files"));

    [Fact]
    public void The_rules_notice_what_they_forbid()
    {
        var longMethod = "class C { void M() {" + string.Concat(Enumerable.Repeat("\n;", LongestMethod + 1)) + "\n} }";
        Assert.Equal(["modules/A/B.cs:1 method M has 43 lines"], Oversized("modules/A/B.cs", longMethod));
        Assert.Equal(["modules/A/B.cs has 202 lines"], Oversized("modules/A/B.cs", new string('\n', 201)));
        Assert.Equal(["modules/A/B.cs:1 has 121 columns"], Oversized("modules/A/B.cs", new string(' ', 121)));
        Assert.Equal(["a/B.cs: ClockManager"], Vague("a/B.cs", "class ClockManager;"));
        Assert.Equal(["a/Extensions.cs: Extensions"], Vague("a/Extensions.cs", ""));
        Assert.Equal(["a/B.cs:1 empty catch"], Unfinished("a/B.cs", "class C { void M() { try { } catch (E) { } } }"));
        Assert.Equal(["a/B.cs:1 // TO" + "DO later"], Unfinished("a/B.cs", "// TO" + "DO later"));
        Assert.Equal(["modules/A/B.cs:1 Guid.NewGuid"], Ambient("modules/A/B.cs", "class C { D x = Guid.NewGuid(); }"));
    }

    private static IEnumerable<string> Sources() => Repository.Files(".cs").Where(path => !path.Contains("/approved/"));

    private static IEnumerable<string> Oversized(string path, string text)
    {
        var lines = text.Split('\n');
        if (lines.Length > LongestFile(path)) yield return $"{path} has {lines.Length} lines";

        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length > LongestLine) yield return $"{path}:{i + 1} has {lines[i].Length} columns";
        }

        foreach (var method in Parse(text).DescendantNodes().OfType<BaseMethodDeclarationSyntax>())
        {
            var span = method.GetLocation().GetLineSpan();
            var length = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
            if (length > LongestMethod && !path.StartsWith("tests/", StringComparison.Ordinal))
            {
                var name = method is MethodDeclarationSyntax named ? named.Identifier.Text : method.Kind().ToString();
                yield return $"{path}:{span.StartLinePosition.Line + 1} method {name} has {length} lines";
            }
        }
    }

    private static int LongestFile(string path) =>
        path.StartsWith("modules/", StringComparison.Ordinal) ? 200
        : path.StartsWith("tests/", StringComparison.Ordinal) ? 300
        : 400;

    private static IEnumerable<string> Vague(string path, string text)
    {
        var declared = Parse(text).DescendantNodes().OfType<BaseTypeDeclarationSyntax>();
        return declared.Select(type => type.Identifier.Text).Append(Path.GetFileNameWithoutExtension(path))
            .Where(name => VagueName().IsMatch(name)).Distinct().Select(name => $"{path}: {name}");
    }

    private static IEnumerable<string> Unfinished(string path, string text)
    {
        var root = Parse(text);
        foreach (var clause in root.DescendantNodes().OfType<CatchClauseSyntax>().Where(clause =>
            clause.Block.Statements.Count == 0 && !clause.Block.DescendantTrivia().Any(IsComment)))
        {
            yield return $"{path}:{Line(clause)} empty catch";
        }

        foreach (var comment in root.DescendantTrivia().Where(IsComment).Where(c => Leftover().IsMatch(c.ToString())))
        {
            yield return $"{path}:{comment.GetLocation().GetLineSpan().StartLinePosition.Line + 1} {comment}";
        }
    }

    private static IEnumerable<string> Ambient(string path, string text) =>
        Parse(text).DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Select(access => (access, name: access.ToString()))
            .Where(found => AmbientCall().IsMatch(found.name))
            .Select(found => $"{path}:{Line(found.access)} {found.name}");

    private static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    private static SyntaxNode Parse(string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();

    [GeneratedRegex("(Helper|Manager|Utils?|Common|^Extensions)s?$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b")]
    private static partial Regex Leftover();

    [GeneratedRegex(@"^DateTime(Offset)?\.(UtcNow|Now|Today)$|^Guid\.NewGuid$|^Random\.Shared$"
        + @"|^Task\.Run$|^Thread\.Sleep$|\.(Result|GetAwaiter)$")]
    private static partial Regex AmbientCall();
}
