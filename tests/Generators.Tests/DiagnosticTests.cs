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
        "K12GQL002: Since: System.Version has no form in the schema; see host/Generators/README.md",
        "[QueryType] public static partial class Queries { public static Version Since() => new(1, 0); }");

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
    public void A_node_that_nothing_finds() => Complains(
        "K12GQL012: Node has [Node], but nothing finds a PupilRow: add a static Get(id, …), or mark a method " +
        "[NodeResolver]",
        "[ObjectType<PupilRow>, Node, AllowAnonymous] public static partial class Node;");

    [Fact]
    public void An_error_that_is_no_exception() => Complains(
        "K12GQL013: Move: PupilRow is neither an exception nor a type with a Message that is made of one, by a " +
        "static CreateErrorFrom(exception) or a constructor",
        """
        [MutationType] public static partial class Mutations { [Error<PupilRow>] public static int Move() => 1; }
        """);

    [Fact]
    public void One_of_with_a_property_that_is_always_there() => Complains(
        "K12GQL014: WayInput is [OneOf], so Stop is missing mostly: make it nullable",
        """
        [OneOf] public sealed record WayInput { public int Stop { get; init; } }
        [QueryType] public static partial class Queries { [AllowAnonymous] public static int One(WayInput way) => 1; }
        """);

    [Fact]
    public void A_guarded_type_behind_an_open_interface() => Complains(
        "K12GQL015: IPerson would show objects of ChildRow, which has a policy: give IPerson [Authorize] or " +
        "[AllowAnonymous]",
        """
        [InterfaceType] public interface IPerson { string Name { get; } }
        public sealed record ChildRow(string Name) : IPerson;
        [ObjectType<ChildRow>, Authorize(Policy = "read")] public static partial class Node;
        """);

    [Fact]
    public void A_scalar_that_a_type_has_no_form_as() => Complains(
        "K12GQL016: Born: a System.DateOnly cannot be a Int here; see host/Generators/README.md",
        """
        [QueryType] public static partial class Queries
        {
            [AllowAnonymous, GraphQLType<K12Hub.GraphQL.SchemaTypes.IntType>] public static DateOnly Born() => default;
        }
        """);

    [Fact]
    public void A_loaders_state_that_may_be_missing() => Complains(
        "K12GQL017: language is [DataLoaderState]: make it nullable, or give it a default",
        """
        public static class Loaders
        {
            [DataLoader] public static Task<Dictionary<Guid, PupilRow>> Load(
                IReadOnlyList<Guid> ids, [DataLoaderState] string language, CancellationToken ct) => null!;
        }
        """);

    [Fact]
    public void A_loader_that_outlives_its_request() => Complains(
        "K12GQL018: Load takes no CancellationToken: a batch would outlive its request",
        """
        public static class Loaders
        {
            [DataLoader] public static Task<Dictionary<Guid, PupilRow>> Load(IReadOnlyList<Guid> ids) => null!;
        }
        """);

    [Theory]
    [InlineData("[QueryType]", "int", "=> 1")]
    [InlineData("[QueryType]", "PupilRow?", "=> null")]
    [InlineData("[MutationType]", "PupilRow?", "=> null")]
    public void A_root_field_that_does_not_say_who_may(string root, string type, string body) => Complains(
        "K12GQL019: One says nothing about who may use it: add [Authorize(Policy = …)] or [AllowAnonymous]",
        $$"""
        {{root}} public static partial class Roots { public static {{type}} One() {{body}}; }
        [ObjectType<PupilRow>] public static partial class Node;
        """);

    [Fact]
    public void What_the_row_says_holds_for_queries_but_not_for_mutations()
    {
        const string Code = """
            public static partial class Roots { public static PupilRow? One() => null; }
            [ObjectType<PupilRow>, Authorize(Policy = "read")] public static partial class Node;
            """;

        Assert.Empty(Compiled.From(Samples.Usings + Row + "[QueryType] " + Code).Diagnostics);
        Assert.Equal(
            ["K12GQL019"],
            Compiled.From(Samples.Usings + Row + "[MutationType] " + Code).Diagnostics.Select(d => d.Id));
    }

    [Fact]
    public void A_plain_mutation_with_errors() => Complains(
        "K12GQL023: Move has no payload for errors: return the value itself and take [Error] away, or keep the " +
        "convention",
        """
        [MutationType] public static partial class Mutations
        {
            [UseMutationConvention(Disable = true), Error<InvalidOperationException>] public static int Move() => 1;
        }
        """);

    [Fact]
    public void A_complaint_stands_where_the_mistake_is()
    {
        var found = Compiled.From(Samples.Usings + Row + """
            [QueryType] public static partial class Queries
            {
                public static PupilRow? Pupil() => null;
            }
            """).Diagnostics;

        var missing = found.Single(d => d.Id == "K12GQL010").Location;
        Assert.Equal("Sample.cs", missing.GetLineSpan().Path);
        Assert.Equal(28, missing.GetLineSpan().StartLinePosition.Character); // Where Pupil is declared.
    }

    [Fact]
    public void Nothing_to_complain_about() => Assert.Empty(Compiled.From(Samples.School).Diagnostics);

    private static void Complains(string complaint, string code)
    {
        var found = Compiled.From(Samples.Usings + Row + code).Diagnostics;

        Assert.Contains(complaint, found.Select(d => $"{d.Id}: {d.GetMessage(CultureInfo.InvariantCulture)}"));
    }
}
