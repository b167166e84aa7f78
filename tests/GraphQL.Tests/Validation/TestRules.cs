using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;
using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

/// <summary>Asks one rule about a document; the other rules run, too, but are not listened to.</summary>
internal static class TestRules
{
    public const string School =
        """
        directive @audit(by: String!) repeatable on QUERY | FIELD
        directive @once on FIELD | VARIABLE_DEFINITION
        interface Person { name(short: Boolean): String  id: ID! }
        type Student implements Person {
          name(short: Boolean): String  id: ID!  grade: Grade  guardians(first: Int! = 10): [Guardian!]  friend: Student
        }
        type Guardian implements Person {
          name(short: Boolean): String  id: ID!  students: [Student!]  phone: String  grade: String
        }
        type School { id: ID!  name: String!  principal: Person }
        union Found = Student | School
        enum Grade { NINTH TENTH }
        input StudentFilter {
          grade: Grade  grades: [Grade!]  nameStarts: String = "A"  within: StudentFilter  school: ID!
        }
        input By @oneOf { id: ID  name: String }
        type Query {
          student(id: ID!): Student
          person(by: By!): Person
          students(where: StudentFilter, first: Int, after: String = "", flags: [Boolean]): [Student]
          search(text: String!): [Found]
          count(exact: Boolean! = true): Int
        }
        type Mutation { enroll(student: ID!): Student }
        type Subscription { enrolled: Student  left: Student }
        """;

    private static readonly Schema Schema = SchemaBuilder.FromSdl(School).GetSchemaOrThrow();

    /// <summary>
    /// The places the rule complains about, "line:column" each, places of one complaint joined by "+".
    /// </summary>
    public static string Complaints<TRule>(string document, Schema? schema = null)
        where TRule : Rule => string.Join(
            ' ',
            Validate(document, ValidationOptions.SpecificationOnly, schema)
                .Where(error => error.Rule == typeof(TRule).Name)
                .Select(error => string.Join('+', error.Locations.Select(place => $"{place.Line}:{place.Column}"))));

    /// <summary>The codes a document of a stranger is refused with.</summary>
    public static string Codes(string document, ValidationOptions? options = null) =>
        string.Join(' ', Validate(document, options).Select(error => error.Code));

    /// <summary>The names of the rules a document breaks.</summary>
    public static string Broken(string document, Schema? schema = null) => string.Join('+', Validate(
        document, ValidationOptions.SpecificationOnly, schema).Select(error => error.Rule).Distinct().Order());

    public static void Valid<TRule>(string document)
        where TRule : Rule => Assert.Equal("", Complaints<TRule>(document));

    private static IReadOnlyList<ValidationError> Validate(
        string document, ValidationOptions? options, Schema? schema = null) =>
        DocumentValidator.Validate(schema ?? Schema, Parser.Parse(document, ParserLimits.Trusted), options);
}
