using K12Hub.GraphQL.Types;
using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class KnownOperationTypesTests
{
    [Fact]
    public void An_operation_needs_its_root_type() => TestRules.Valid<KnownOperationTypes>(
        "mutation { enroll(student: 1) { id } }");

    [Fact]
    public void Without_a_root_type_there_is_nothing_to_do() => Assert.Equal(
        "1:1 1:16",
        TestRules.Complaints<KnownOperationTypes>(
            "mutation { a } subscription S { c }",
            SchemaBuilder.FromSdl("type Query { count: Int }").GetSchemaOrThrow()));
}
