using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Tests.Execution;

/// <summary>Specification 6.4.4. Every case runs twice: with the failure at once, and with it coming later.</summary>
public sealed class NullPropagationTests
{
    private const string Sdl = """
        type Query { school: School  strictSchool: School!  other: Int }
        type School { name: String  strictName: String!  strict: School!  loose: School
                      rooms: [Room!]  strictRooms: [Room!]!  halls: [Room]  grid: [[Room!]]! }
        type Room { number: Int!  seats: Int }
        """;

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_failed_field_that_may_be_null_is_null_and_its_siblings_stay(bool late) => Assert.Equal(
        """{"school":{"a":"Lincoln","name":null,"b":"Lincoln"}} | school.name: no name""",
        await Failing("School.name", late).Short("{ school { a: strictName name b: strictName } }"));

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_failed_field_that_must_not_be_null_nulls_its_object(bool late) => Assert.Equal(
        """{"other":1,"school":null,"again":1} | school.strictName: no name""",
        await Failing("School.strictName", late).Short("{ other school { name strictName } again: other }"));

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_failure_goes_up_to_the_nearest_place_that_may_be_null(bool late) => Assert.Equal(
        """{"school":{"name":"Lincoln","loose":null,"after":"Lincoln"}}"""
        + " | school.loose.strict.strict.strictName: no name",
        await Failing("School.strictName", late).Short(
            "{ school { name loose { strict { name strict { strictName name } } } after: name } }"));

    [Theory, InlineData(false), InlineData(true)]
    public async Task Without_a_place_that_may_be_null_the_data_is_null(bool late) => Assert.Equal(
        """null | strictSchool.strict.strictName: no name""",
        await Failing("School.strictName", late).Short("{ other strictSchool { strict { strictName } } }"));

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_item_that_may_be_null_is_null_alone(bool late) => Assert.Equal(
        """{"school":{"halls":[{"number":1},null,{"number":3}]}} | school.halls.1.number: no number""",
        await Failing("Room.number", late).Short("{ school { halls { number } } }"));

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_item_that_must_not_be_null_nulls_the_list(bool late) => Assert.Equal(
        """{"school":{"rooms":null,"name":"Lincoln"}} | school.rooms.1.number: no number""",
        await Failing("Room.number", late).Short("{ school { rooms { number } name } }"));

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_list_that_must_not_be_null_nulls_its_object(bool late) => Assert.Equal(
        """{"school":null} | school.strictRooms.1.number: no number""",
        await Failing("Room.number", late).Short("{ school { strictRooms { seats number } name } }"));

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_list_within_a_list_is_nulled_alone(bool late) => Assert.Equal(
        """{"school":{"grid":[null,[{"number":1}]]}} | school.grid.0.1.number: no number""",
        await Failing("Room.number", late).Short("{ school { grid { number } } }"));

    [Fact]
    public async Task Null_where_none_may_be_is_a_failure() => Assert.Equal(
        """{"school":null} | school.strictName: Cannot return null for non-nullable field School.strictName.""",
        await School().Pure("School.strictName", _ => null).Short("{ school { strictName } }"));

    [Fact]
    public async Task A_leaf_that_writes_null_where_none_may_be_is_a_failure() => Assert.Equal(
        """{"school":null} | school.strictName: Cannot return null for non-nullable field School.strictName.""",
        await School().Leaf("School.strictName", (object _, ref JsonArena json) => json.WriteNull())
            .Short("{ school { name strictName } }"));

    [Fact]
    public async Task An_exception_as_item_fails_that_item() => Assert.Equal(
        """{"school":{"halls":[null,{"number":1}]}} | school.halls.0: closed""",
        await School().Pure("School.halls", _ => new object[] { new GraphQLException("closed"), 1 })
            .Pure("Room.number", _ => 1).Short("{ school { halls { number } } }"));

    [Fact]
    public async Task What_comes_late_into_a_nulled_region_is_dropped()
    {
        var late = new TaskCompletionSource<object?>();
        var executor = School()
            .Async("School.name", _ => new(late.Task))
            .Async("School.strictName", async _ =>
            {
                await Task.Yield();
                throw new GraphQLException("first");
            });
        executor.Builder.ModifyOptions(options => options.ErrorFilter = new FailNext(late));

        Assert.Equal(
            """{"school":{"loose":null,"other":"School"}} | school.loose.strictName: first""",
            await executor.Short("{ school { loose { strictName strict { name } } other: __typename } }"));
        Assert.True(late.Task.IsFaulted);
    }

    private static TestExecutor School() => new TestExecutor(Sdl)
        .Pure("Query.school", _ => "Lincoln")
        .Pure("Query.strictSchool", _ => "Lincoln")
        .Pure("Query.other", _ => 1)
        .Pure("School.strict", school => school)
        .Pure("School.loose", school => school);

    private static TestExecutor Failing(string coordinate, bool late)
    {
        var executor = School()
            .Pure("School.rooms", _ => new object[] { 1, 2, 3 })
            .Pure("School.strictRooms", _ => new object[] { 1, 2, 3 })
            .Pure("School.halls", _ => new List<object> { 1, 2, 3 })
            .Pure("School.grid", _ => new[] { new object[] { 1, 2 }, [1] });
        Add(executor, "School.name", coordinate, late, school => school);
        Add(executor, "School.strictName", coordinate, late, school => school);
        Add(executor, "Room.number", coordinate, late, number => number);
        return executor.Pure("Room.seats", _ => 20);
    }

    private static void Add(
        TestExecutor executor, string coordinate, string failing, bool late, Func<object, object?> get)
    {
        object? Value(object parent) => coordinate == failing && parent is "Lincoln" or 2
            ? throw new GraphQLException(coordinate == "Room.number" ? "no number" : "no name")
            : get(parent);

        if (!late || coordinate != failing) executor.Pure(coordinate, Value);
        else
        {
            executor.Async(coordinate, async context =>
            {
                await Task.Yield();
                return Value(context.Parent<object>());
            });
        }
    }

    /// <summary>Once an error was noted, lets the next field fail.</summary>
    private sealed class FailNext(TaskCompletionSource<object?> next) : IErrorFilter
    {
        public GraphQLError Apply(GraphQLError fieldError)
        {
            next.SetException(new GraphQLException("too late"));
            return fieldError;
        }
    }
}
