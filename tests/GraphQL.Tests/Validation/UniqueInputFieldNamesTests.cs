using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class UniqueInputFieldNamesTests
{
    [Fact]
    public void One_name_in_two_objects_is_fine() => TestRules.Valid<UniqueInputFieldNames>(
        "{ students(where: { school: 1, within: { school: 1 } }) { id } }");

    [Fact]
    public void A_field_is_given_once() => Assert.Equal(
        "1:21+1:32",
        TestRules.Complaints<UniqueInputFieldNames>(
            "{ students(where: { school: 1, school: 2 }) { id } }"));
}
