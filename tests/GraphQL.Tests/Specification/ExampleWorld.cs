using System.Globalization;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Tests.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Specification;

/// <summary>The school that the examples of chapters 4 and 6 ask: a schema with something of every kind, and fields
/// that go wrong in every way.</summary>
internal static class ExampleWorld
{
    private const string Sdl = """"
        "A district."
        schema { query: Query mutation: Mutation subscription: Subscription }
        directive @audit(by: String!) repeatable on QUERY | FIELD
        type Query {
          school(on: Day): School
          found: [Found!]
          name: String  echo(n: Int = 7, m: Int, list: [Int!], at: Point, by: By): String  strict(n: Int!): String
          me: Person  people: [Person!]  nobody: Person  counted: Int  late: String  lateNumbers: [Int!]
          must: Int!  broken: Int  word: Int  notAList: [Int]  numbers: [Int!]  gaps: [Int]  rows: [[Int!]]
          holes: [Int!]  torn: [Int]  tornRows: [[Int!]]
        }
        type Mutation { next: Int!  fail: Int  stop: Int!  rename(to: String!): School }
        type Subscription { ticks: Int }
        "A school."
        type School { name: String!  people("At most." first: Int = 10, all: Boolean @deprecated): [Person!]! }
        interface Person { name: String!  friend: Person  brokenName: String! }
        type Student implements Person {
          name: String!  friend: Person  brokenName: String!  grade: Int!
          year: Int @deprecated(reason: "Ask for the grade.")
        }
        type Guardian implements Person { name: String!  friend: Person  brokenName: String!  phone: String }
        union Found = School | Student
        enum Grade { "The first year." NINTH  TENTH @deprecated }
        scalar Day @specifiedBy(url: "https://example.org/day")
        input Point { x: Int!  y: Int = 5 }
        input By @oneOf { id: ID  name: String @deprecated }
        """";

    private static readonly Dictionary<string, object?> Ana = new() { ["__typename"] = "Guardian", ["name"] = "Ana" };

    private static readonly Dictionary<string, object?> Ben = new()
    {
        ["__typename"] = "Student",
        ["name"] = "Ben",
        ["grade"] = 9,
        ["friend"] = Ana,
    };

    private static readonly int[] Numbers = [1, 2];

    private static readonly int?[] Gaps = [1, null, 3];

    private static readonly object[] Torn = [1, new GraphQLException("torn"), 3];

    private static readonly object[] TornRows = [Numbers, new object[] { new GraphQLException("torn") }];

    private static readonly Dictionary<string, object?> Lincoln = new()
    {
        ["__typename"] = "School",
        ["name"] = "Lincoln",
        ["people"] = new[] { Ben, Ana },
    };

    /// <summary>The schema alone.</summary>
    public static Schema Schema { get; } = SchemaBuilder.FromSdl(Sdl).GetSchemaOrThrow();

    /// <summary>A new executor: what counts begins anew.</summary>
    public static TestExecutor Executor()
    {
        var executor = new TestExecutor(Sdl);
        executor.Builder.ModifyOptions(options => options.AllowIntrospection = true);
        AddValues(executor);
        AddFaults(executor);
        return executor;
    }

    private static void AddValues(TestExecutor executor)
    {
        var (counted, mutated) = (0, 0);
        executor
            .Pure("Query.school", _ => Lincoln)
            .Pure("Query.found", _ => new[] { Lincoln, Ben })
            .Pure("Query.name", _ => "Lincoln")
            .Sync("Query.echo", Echo)
            .Sync("Query.strict", context => Text(context.Argument<object>("n")))
            .Pure("Query.me", _ => Ben)
            .Pure("Query.people", _ => new[] { Ben, Ana })
            .Sync("Query.counted", _ => ++counted)
            .Async("Query.late", async _ =>
            {
                await Task.Yield();
                return "at last";
            })
            .Async("Query.lateNumbers", async _ =>
            {
                await Task.Yield();
                return Numbers;
            })
            .Pure("Query.numbers", _ => Numbers)
            .Pure("Query.gaps", _ => Gaps)
            .Pure("Query.rows", _ => new int[][] { [1], [], [2, 3] })
            .Async("Mutation.next", async _ =>
            {
                await Task.Yield();
                return ++mutated;
            })
            .Pure("Mutation.rename", _ => Lincoln);
    }

    private static void AddFaults(TestExecutor executor) => executor
        .Pure("Query.nobody", _ => 5)
        .Pure("Query.must", _ => null)
        .Pure("Query.broken", _ => throw new GraphQLException("broken"))
        .Pure("Query.word", _ => "many")
        .Pure("Query.notAList", _ => 5)
        .Pure("Query.holes", _ => Gaps)
        .Pure("Query.torn", _ => Torn)
        .Pure("Query.tornRows", _ => TornRows)
        .Pure("Student.brokenName", _ => throw new GraphQLException("broken"))
        .Pure("Guardian.brokenName", _ => throw new GraphQLException("broken"))
        .Pure("Mutation.fail", _ => throw new GraphQLException("failed"))
        .Pure("Mutation.stop", _ => throw new GraphQLException("stopped"));

    private static string Echo(ResolverContext context) => string.Join(' ', context.Selection.Field.Arguments
        .Where(argument => context.HasArgument(argument.Name))
        .Select(argument => $"{argument.Name}={Text(context.Argument<object>(argument.Name))}"));

    private static string Text(object? value) => value switch
    {
        null => "null",
        object?[] items => $"[{string.Join(',', items.Select(Text))}]",
        IReadOnlyDictionary<string, object?> fields =>
            $"{{{string.Join(' ', fields.Select(field => $"{field.Key}={Text(field.Value)}"))}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
