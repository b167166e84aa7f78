using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.Bench.InProcess;

/// <summary>A hundred students of eight fields and one guardian each, in memory, and the schema that shows
/// them.</summary>
internal static class SampleSchool
{
    public const string Query =
        """
        { students { id givenName familyName grade school email active classOf guardian { name phone relation } } }
        """;

    public static readonly Student[] Students =
    [
        .. Enumerable.Range(0, 100).Select(n => new Student(
            n, $"Given {n}", $"Family {n}", "05", "Lincoln Elementary", $"s{n}@students.example", n % 7 != 0, 2027,
            new($"Guardian {n}", "+1 555 0100", "parent"))),
    ];

    internal sealed record Student(
        int Id, string GivenName, string FamilyName, string Grade, string School, string Email, bool Active,
        int ClassOf, Guardian Guardian);

    internal sealed record Guardian(string Name, string Phone, string Relation);

    public static RequestExecutor Executor() => new RequestExecutorBuilder().Build(Schema());

    public static Schema Schema() => new SchemaBuilder()
        .AddType(new ObjectType("Student"))
        .AddType(new ObjectType("Guardian"))
        .ExtendObject(
            "Query", new FieldDefinition("students", "[Student!]!") { Resolver = new PureResolver(_ => Students) })
        .ExtendObject(
            "Student",
            Leaf<Student>("id", "Int!", (student, ref json) => json.WriteNumber(student.Id)),
            Leaf<Student>("givenName", "String!", (student, ref json) => json.WriteString(student.GivenName)),
            Leaf<Student>("familyName", "String!", (student, ref json) => json.WriteString(student.FamilyName)),
            Leaf<Student>("grade", "String!", (student, ref json) => json.WriteString(student.Grade)),
            Leaf<Student>("school", "String!", (student, ref json) => json.WriteString(student.School)),
            Leaf<Student>("email", "String!", (student, ref json) => json.WriteString(student.Email)),
            Leaf<Student>("active", "Boolean!", (student, ref json) => json.WriteBoolean(student.Active)),
            Leaf<Student>("classOf", "Int!", (student, ref json) => json.WriteNumber(student.ClassOf)),
            new("guardian", "Guardian")
            {
                Resolver = new PureResolver(student => ((Student)student).Guardian),
                Arguments = [new("language", "String")],
            })
        .ExtendObject(
            "Guardian",
            Leaf<Guardian>("name", "String!", (guardian, ref json) => json.WriteString(guardian.Name)),
            Leaf<Guardian>("phone", "String!", (guardian, ref json) => json.WriteString(guardian.Phone)),
            Leaf<Guardian>("relation", "String!", (guardian, ref json) => json.WriteString(guardian.Relation)))
        .Build().GetSchemaOrThrow();

    private delegate void Write<in T>(T parent, ref JsonArena json);

    private static FieldDefinition Leaf<T>(string name, string type, Write<T> write) => new(name, type)
    {
        Resolver = new LeafResolver((object parent, ref JsonArena json) => write((T)parent, ref json)),
    };
}
