using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class KnownDirectivesTests
{
    [Fact]
    public void Known_directives_stand_at_their_places() => TestRules.Valid<KnownDirectives>(
        """
        query @audit(by: "me") { count @skip(if: false) ... @include(if: true) { count } }
        """);

    [Fact]
    public void An_unknown_directive_is_reported() => Assert.Equal(
        "1:9",
        TestRules.Complaints<KnownDirectives>(
            "{ count @fast }"));

    [Fact]
    public void So_is_one_at_the_wrong_place() => Assert.Equal(
        "1:7 1:31",
        TestRules.Complaints<KnownDirectives>(
            "query @skip(if: true) { count @deprecated }"));

    [Fact]
    public void Variables_and_fragments_are_places() => Assert.Equal(
        "1:57 2:21",
        TestRules.Complaints<KnownDirectives>(
            """
            query ($a: Int @once) { students(first: $a) { id } ...F @once }
            fragment F on Query @once { count }
            """));
}
