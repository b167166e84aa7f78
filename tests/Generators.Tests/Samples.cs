namespace K12Hub.Generators.Tests;

/// <summary>Annotated code to generate from.</summary>
internal static class Samples
{
    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using K12Hub.GraphQL;
        using K12Hub.GraphQL.Conventions;
        using K12Hub.GraphQL.Data;
        using K12Hub.GraphQL.Subscriptions;

        """;

    /// <summary>One of everything.</summary>
    public const string School = Usings + """
        [assembly: Module("SchoolTypes")]

        namespace District;

        /// <summary>How a child gets to school.</summary>
        public enum WayToSchool
        {
            /// <summary>On foot.</summary>
            Walking,
            SchoolBus,
        }

        /// <summary>A child at school.</summary>
        public sealed record StudentRow
        {
            [Filterable] public Guid Id { get; init; }
            /// <summary>The name in <see cref="System.String"/>s.</summary>
            [Filterable, Sortable] public string FamilyName { get; init; } = "";
            [Filterable] public WayToSchool? Way { get; init; }
            [Filterable, ID<SchoolRow>] public Guid? SchoolId { get; init; }
            public short[]? Marks { get; init; }
            [Filterable] public TimeOnly? PickedUpAt { get; init; }
            [Filterable] public TimeSpan Ride { get; init; }
            [Filterable] public Uri? Page { get; init; }
            [Filterable, Sortable] public decimal Fee { get; init; }
            public string Initial => FamilyName[..1];
            [GraphQLIgnore] public int Hash { get; init; }
        }

        public sealed record SchoolRow(Guid Id, [property: GraphQLDeprecated("Use label.")] string Name);

        public interface IBook { List<StudentRow> Students { get; } }

        [QueryType]
        public static partial class Queries
        {
            /// <summary>All students.</summary>
            [UseConnection(MaxPageSize = 50), UseFiltering, UseSorting, Authorize(Policy = "read")]
            public static Task<Page<StudentRow>> GetStudentsAsync(
                PagingArguments paging, QueryContext<StudentRow> query, IBook book, CancellationToken ct) => null!;

            [AllowAnonymous]
            public static int CountOf(
                [ID<SchoolRow>] IReadOnlyList<Guid>? schools, WayToSchool way = WayToSchool.SchoolBus) => 0;
        }

        [ObjectType<StudentRow>, Authorize(Policy = "read")]
        internal static partial class StudentNode
        {
            [NodeResolver]
            public static Task<StudentRow?> GetStudentAsync(
                Guid id, IStudentByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

            [BindMember(nameof(StudentRow.SchoolId))]
            public static Task<SchoolRow?> GetSchoolAsync(
                [Parent(nameof(StudentRow.SchoolId))] StudentRow student, QueryContext<SchoolRow> query,
                ISchoolByIdDataLoader byId, CancellationToken ct) =>
                student.SchoolId is { } id ? byId.With(query).LoadAsync(id, ct) : Task.FromResult<SchoolRow?>(null);
        }

        [ObjectType<SchoolRow>]
        public static partial class SchoolNode;

        public sealed record ClubInput(
            string Name, DateOnly? Starts, List<int> Days, TimeOnly? Opens, TimeSpan Lasts, Uri? Page, decimal Fee);

        [SubscriptionType]
        public static partial class Subscriptions
        {
            /// <summary>A student came to a school.</summary>
            [Subscribe, Topic("arrivals {school}/{way}"), Authorize(Policy = "read")]
            public static StudentRow Arrived([EventMessage] StudentRow student, string school, WayToSchool? way) =>
                student;

            /// <summary>Numbers, one after the other.</summary>
            [Subscribe(With = nameof(CountAsync)), AllowAnonymous]
            public static async Task<int> Counted([EventMessage] int number, CancellationToken ct) => number;

            public static async IAsyncEnumerable<int> CountAsync(int from, IBook book)
            {
                yield return from;
            }

            [Subscribe(With = nameof(OpenAsync)), AllowAnonymous]
            public static string Rang([EventMessage] string bell) => bell;

            private static async Task<ISourceStream<string>> OpenAsync(ITopicEventReceiver bells) =>
                await bells.SubscribeAsync<string>("bells");
        }

        [MutationType]
        public static partial class Mutations
        {
            /// <summary>Founds a club.</summary>
            [Authorize(Policy = "write")]
            public static Task<MutationResult<SchoolRow>> FoundClubAsync(
                [ID<SchoolRow>] Guid schoolId, ClubInput club, IBook book, CancellationToken ct) => null!;
        }

        public static class Loaders
        {
            [DataLoader]
            public static Task<Dictionary<Guid, StudentRow>> GetStudentByIdAsync(
                IReadOnlyList<Guid> ids, IBook book, CancellationToken ct) => null!;

            [DataLoader]
            internal static Task<Dictionary<Guid, SchoolRow>> GetSchoolByIdAsync(
                IReadOnlyList<Guid> ids, QueryContext<SchoolRow> query, CancellationToken ct) => null!;
        }
        """;
}
