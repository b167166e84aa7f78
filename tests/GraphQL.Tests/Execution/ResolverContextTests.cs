using System.Security.Claims;
using System.Text.Json;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Execution;

public sealed class ResolverContextTests
{
    private const string Sdl = """
        type Query { school: School  pets: [Pet!]! }
        type School { name(upper: Boolean = false, tags: [String!]): String  rooms: [Room!] }
        type Room { number: Int  seats: Int }
        interface Pet { name: String }
        type Dog implements Pet { name: String  barks: Boolean }
        type Cat implements Pet { name: String  lives: Int }
        """;

    [Fact]
    public async Task A_resolver_sees_its_arguments()
    {
        var seen = "";
        var executor = School().Sync("School.name", context =>
        {
            seen = string.Join(' ',
                context.Parent<string>(),
                context.Argument<bool>("upper"),
                context.ArgumentOrDefault("tags", Array.Empty<object?>()).Length,
                string.Join('+', context.ArgumentList<string>("tags") ?? []),
                context.HasArgument("tags"),
                context.HasArgument("other"));
            return null;
        });

        await executor.Short("{ school { name(upper: true, tags: [\"a\", \"b\"]) } }");
        Assert.Equal("Lincoln True 2 a+b True False", seen);

        await executor.Short("{ school { name } }");
        Assert.Equal("Lincoln False 0  False False", seen);
    }

    [Fact]
    public async Task A_resolver_sees_the_request()
    {
        IReadOnlyList<object>? path = null;
        ClaimsPrincipal? user = null;
        var executor = School().Async("Room.number", async context =>
        {
            await Task.Yield();
            (path, user) = (context.Path, context.User);
            return context.Service<JsonDocument>().RootElement.GetInt32();
        });
        executor.Services.Add(JsonDocument.Parse("7"));
        var msReyes = new ClaimsPrincipal(new ClaimsIdentity("test"));

        Assert.Equal(
            """{"data":{"school":{"r":[{"number":7}]}}}""",
            await executor.Answer("{ school { r: rooms { number } } }", user: msReyes));
        Assert.Equal(["school", "r", 0, "number"], path!);
        Assert.Same(msReyes, user);
    }

    [Fact]
    public async Task A_service_that_is_missing_is_named_with_the_field_that_needs_it()
    {
        var executor = School().Sync("School.name", context => context.Service<JsonDocument>());
        executor.Builder.ModifyOptions(options => options.IncludeExceptionDetails = true);

        Assert.Contains(
            "School.name needs System.Text.Json.JsonDocument",
            await executor.Answer("{ school { name } }"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resolver_sees_what_is_selected_below_it()
    {
        var seen = "";
        var executor = new TestExecutor(Sdl).Sync("Query.school", context =>
        {
            var rooms = context.Selection.Child("rooms")!;
            seen = string.Join(' ',
                context.Selection.ResponseName,
                context.Selection.FieldName,
                context.Selection.IsSelected("name"),
                string.Join('+', rooms.Children.Select(field => field.FieldName)),
                ReferenceEquals(rooms.GetOrAdd(_ => new object()), rooms.GetOrAdd(_ => new object())));
            return null;
        });

        await executor.Short("{ s: school { ...R } } fragment R on School { r: rooms { number } rooms { seats } }");

        Assert.Equal("s school False number True", seen);
    }

    [Fact]
    public async Task Below_an_abstract_type_the_selection_depends_on_the_object_type()
    {
        var seen = "";
        var executor = new TestExecutor(Sdl).Sync("Query.pets", context =>
        {
            var types = context.Selection.Field.Type.NamedType;
            seen = string.Join(" | ", Schema.PossibleTypes(types).Select(type =>
                $"{type}: {string.Join(' ', context.Selection.ChildrenOf(type).Select(field => field.FieldName))}"));
            return Array.Empty<object>();
        });

        await executor.Short("{ pets { name ... on Dog { barks } ... on Cat { lives name } } }");

        Assert.Equal("Dog: name barks | Cat: name lives", seen);
    }

    private static TestExecutor School() => new TestExecutor(Sdl)
        .Pure("Query.school", _ => "Lincoln")
        .Pure("School.rooms", _ => new object[] { 1 });
}
