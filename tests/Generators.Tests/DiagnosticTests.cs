using System.Globalization;

namespace K12Hub.Generators.Tests;

/// <summary>Each mistake gets its error, at its place.</summary>
public sealed class DiagnosticTests
{
    private const string Row = """
        public sealed record PupilRow
        {
            public Guid Id { get; init; }
            public string Name { get; init; } = "";
            public int Grade { get; init; }
        }

        """;

    [Fact]
    public void A_class_that_is_not_static_partial() => Complains(
        "K12GQL001: Make Queries static partial; its generated part holds the schema",
        "[QueryType] public static class Queries { public static int One() => 1; }");

    [Fact]
    public void A_type_without_form_in_the_schema() => Complains(
        "K12GQL002: Since: System.TimeSpan has no form in the schema; see host/Generators/README.md",
        "[QueryType] public static partial class Queries { public static TimeSpan Since() => default; }");

    [Fact]
    public void A_page_without_connection() => Complains(
        "K12GQL003: Pupils: UseConnection and a Page<T> as result go together",
        "[QueryType] public static partial class Queries { public static Page<PupilRow> Pupils() => null!; }");

    [Fact]
    public void A_loader_without_keys() => Complains(
        "K12GQL004: Load: a loader is static, takes IReadOnlyList<TKey> first and returns " +
        "Task<Dictionary<TKey, TValue>> or Task<ILookup<TKey, TValue>>",
        """
        public static class Loaders
        {
            [DataLoader] public static Task<Dictionary<Guid, PupilRow>> Load(Guid id) => null!;
        }
        """);

    [Theory]
    [InlineData("pupil.Name")]
    [InlineData("pupil?.Name ?? \"\"")]
    [InlineData("pupil is { Name: var name } ? name : \"\"")]
    public void A_resolver_that_reads_what_it_did_not_ask_for(string body) => Complains(
        "K12GQL005: Label reads Name, which may not be loaded; write [Parent(nameof(PupilRow.Name))]",
        $$"""
        [ObjectType<PupilRow>] public static partial class Node
        {
            public static string Label([Parent(nameof(PupilRow.Grade))] PupilRow pupil) => {{body}};
        }
        """);

    [Fact]
    public void A_member_that_does_not_exist() => Complains(
        "K12GQL006: Label: PupilRow has no property Nam",
        """
        [ObjectType<PupilRow>] public static partial class Node
        {
            public static string Label([Parent("Nam")] PupilRow pupil) => "";
        }
        """);

    [Fact]
    public void Two_fields_of_one_name() => Complains(
        "K12GQL007: Pupil has two fields grade; use BindMember, GraphQLName or GraphQLIgnore",
        "[ObjectType<PupilRow>] public static partial class Node { public static int GetGrade() => 1; }");

    [Fact]
    public void A_filter_by_what_cannot_be_compared() => Complains(
        "K12GQL008: Tags is a string[], which cannot be compared",
        """
        public sealed record TagRow { [Filterable] public string[] Tags { get; init; } = []; }
        [ObjectType<TagRow>] public static partial class Node;
        """);

    [Fact]
    public void A_node_that_anybody_could_find() => Complains(
        "K12GQL009: Node can be found by its id: give the class [Authorize] or [AllowAnonymous]",
        """
        [ObjectType<PupilRow>] public static partial class Node
        {
            [NodeResolver] public static PupilRow? Get(Guid id) => null;
        }
        """);

    [Fact]
    public void A_row_without_object_type() => Complains(
        "K12GQL010: No class of this assembly has [ObjectType<PupilRow>], but fields return it",
        "[QueryType] public static partial class Queries { public static PupilRow? Pupil() => null; }");

    [Fact]
    public void A_filter_that_would_tell_a_secret() => Complains(
        "K12GQL011: Born has a policy of its own; filtering or sorting by it would tell its value to those who may " +
        "not read it",
        """
        public sealed record ChildRow { [Filterable, Authorize(Policy = "secret")] public DateOnly Born { get; init; } }
        [ObjectType<ChildRow>] public static partial class Node;
        """);

    [Theory]
    [InlineData("[Subscribe] public static int Rang(int bell) => bell;")]
    [InlineData("public static int Rang([EventMessage] int bell) => bell;")]
    [InlineData("[Subscribe] public static int Rang([EventMessage] int a, [EventMessage] int b) => a;")]
    public void A_subscription_that_does_not_take_one_event(string method) => Complains(
        "K12GQL020: Rang: a field of a subscription has [Subscribe], and one parameter with [EventMessage]",
        $"[SubscriptionType] public static partial class Bells {{ {method} }}");

    [Theory]
    [InlineData("")]
    [InlineData("public static int Open() => 0;")]
    [InlineData("public IAsyncEnumerable<int> Open() => null!;")]
    public void A_subscription_whose_source_opens_no_events(string source) => Complains(
        "K12GQL021: Rang: Open is no static method of the class that answers an IAsyncEnumerable<T> or " +
        "ISourceStream<T>",
        $$"""
        [SubscriptionType] public static partial class Bells
        {
            [Subscribe(With = "Open")] public static int Rang([EventMessage] int bell) => bell;
            {{source}}
        }
        """);

    [Theory]
    [InlineData("")]
    [InlineData(", int[] school")]
    public void A_topic_that_names_what_is_no_single_argument(string argument) => Complains(
        "K12GQL022: Rang: the topic names {school}, which is no argument with a single value",
        $$"""
        [SubscriptionType] public static partial class Bells
        {
            [Subscribe, Topic("bell {school}")] public static int Rang([EventMessage] int bell{{argument}}) => bell;
        }
        """);

    [Fact]
    public void Nothing_to_complain_about() => Assert.Empty(Compiled.From(Samples.School).Diagnostics);

    private static void Complains(string complaint, string code)
    {
        var found = Compiled.From(Samples.Usings + Row + code).Diagnostics;

        Assert.Contains(complaint, found.Select(d => $"{d.Id}: {d.GetMessage(CultureInfo.InvariantCulture)}"));
    }
}
