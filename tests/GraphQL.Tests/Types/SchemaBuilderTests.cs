using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Types;

public sealed class SchemaBuilderTests
{
    [Fact]
    public void Modules_add_to_the_same_root_types()
    {
        var schema = new SchemaBuilder { Description = "A district." }
            .ExtendObject("Query", new FieldDefinition("students", "[Student!]!") { Description = "All of them." })
            .ExtendObject("Mutation", new FieldDefinition("enroll", "Student"))
            .AddType(new ObjectType("Student") { Fields = [new("name", "String!"), new("born", "LocalDate")] })
            .ExtendObject("Query", new FieldDefinition("count", "Int")
            {
                DeprecationReason = "Use students.",
                Arguments = [new("exact", "Boolean!") { DefaultLiteral = "true" }],
            })
            .ExtendObject("Student", new FieldDefinition("friends", "[Student]"))
            .Build().GetSchemaOrThrow();

        Assert.Equal(
            """"
            """A district."""
            schema {
              query: Query
              mutation: Mutation
            }

            type Student {
              name: String!
              born: LocalDate
              friends: [Student]
            }

            """What can be asked."""
            type Query {
              """All of them."""
              students: [Student!]!
              count(exact: Boolean! = true): Int @deprecated(reason: "Use students.")
            }

            """What can be changed."""
            type Mutation {
              enroll: Student
            }

            """A day without time zone, for example 2026-09-01."""
            scalar LocalDate @specifiedBy(url: "https://scalars.graphql.org/chillicream/local-date.html")
            """",
            SchemaPrinter.Print(schema));
        Assert.Equal("Query.count", schema.QueryType.FindField("count")!.Coordinate);
        Assert.Equal(true, schema.QueryType.FindField("count")!.FindArgument("exact")!.CoercedDefault);
    }

    [Fact]
    public void Every_fault_names_the_coordinate()
    {
        var result = new SchemaBuilder()
            .AddType(new ObjectType("Query") { Fields = [new("a", "Teacher"), new("b", "[Int"), new("c", "Int")] })
            .AddType(new ObjectType("Student") { InterfaceReferences = ["Person"], Fields = [new("id", "ID!")] })
            .AddType(new UnionType("Found") { MemberReferences = ["Lesson"] })
            .AddType(new ObjectType("Student"))
            .ExtendObject("School", new FieldDefinition("name", "String"))
            .Build();

        Assert.Null(result.Schema);
        Assert.Equal(
            ["Student", "School", "Query.a", "Query.b", "Student", "Found"],
            result.Errors.Select(error => error.Message.Split('"')[1]));
        Assert.Throws<InvalidOperationException>(result.GetSchemaOrThrow);
    }

    [Fact]
    public void A_root_field_without_policy_stops_the_start_where_policies_are_required()
    {
        var builder = new SchemaBuilder { RequirePolicies = true }.ExtendObject(
            "Query",
            new FieldDefinition("students", "Int") { Policy = "students.read" },
            new FieldDefinition("health", "Int") { AllowAnonymous = true },
            new FieldDefinition("salaries", "Int"));

        var error = Assert.Single(builder.Build().Errors);
        Assert.Contains("\"Query.salaries\" has no policy", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_builder_builds_once()
    {
        var builder = new SchemaBuilder().ExtendObject("Query", new FieldDefinition("a", "Int"));
        builder.Build();
        Assert.Throws<InvalidOperationException>(builder.Build);
    }

    [Fact]
    public void A_text_gets_its_resolvers_by_coordinate()
    {
        var resolver = new PureResolver(_ => 1);
        var resolvers = new Dictionary<string, FieldResolver> { ["Query.a"] = resolver };
        var schema = SchemaBuilder.FromSdl("type Query { a: Int b: Int }", resolvers).GetSchemaOrThrow();

        Assert.Same(resolver, schema.QueryType.FindField("a")!.Resolver);
        Assert.Null(schema.QueryType.FindField("b")!.Resolver);
    }

    [Theory]
    [InlineData("type Query { a: Int } extend type Query { b: Int }", "type Query {\n  a: Int\n  b: Int\n}")]
    [InlineData("schema { query: R } type R { a: Int }", "schema {\n  query: R\n}\n\ntype R {\n  a: Int\n}")]
    [InlineData("type Query { b: Int a: [ID!] }", "type Query {\n  a: [ID!]\n  b: Int\n}", true)]
    public void A_schema_prints_as_it_reads(string sdl, string printed, bool sorted = false)
    {
        Assert.Equal(printed, SchemaPrinter.Print(SchemaBuilder.FromSdl(sdl).GetSchemaOrThrow(), sorted));
        Assert.Equal(printed, SchemaPrinter.Print(SchemaBuilder.FromSdl(printed).GetSchemaOrThrow(), sorted));
    }
}
