using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Language;

public sealed class SchemaCoordinateTests
{
    private static readonly Schema Schema = SchemaBuilder.FromSdl(
        """
        directive @cached(seconds: Int) on FIELD_DEFINITION
        enum Grade { NINTH }
        input Filter { grade: Grade }
        type Query { student(id: ID!): String }
        """).GetSchemaOrThrow();

    [Theory]
    [InlineData("Query", typeof(ObjectType))]
    [InlineData("Query.student", typeof(FieldDefinition))]
    [InlineData("Query.student(id:)", typeof(InputValueDefinition))]
    [InlineData("Filter.grade", typeof(InputValueDefinition))]
    [InlineData("Grade.NINTH", typeof(EnumValueDefinition))]
    [InlineData("@cached", typeof(DirectiveDefinition))]
    [InlineData("@cached(seconds:)", typeof(InputValueDefinition))]
    [InlineData("Query.teacher", null)]
    [InlineData("Teacher.name", null)]
    [InlineData("Grade.NINTH(id:)", null)]
    public void A_coordinate_names_one_element(string text, Type? element)
    {
        var coordinate = SchemaCoordinate.Parse(text);
        Assert.Equal(text, coordinate.ToString());
        Assert.Equal(element, Schema.Find(coordinate)?.GetType());
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("Query .student", 6)]
    [InlineData("Query.student(id)", 17)]
    [InlineData("Query.student(id:", 18)]
    [InlineData("Query.student.name", 14)]
    [InlineData("Query(id:)", 6)]
    [InlineData("@cached.seconds", 8)]
    public void Anything_else_is_refused(string text, int column) => Assert.Equal(
        column,
        Assert.Throws<SyntaxException>(() => SchemaCoordinate.Parse(text)).Location.Column);
}
