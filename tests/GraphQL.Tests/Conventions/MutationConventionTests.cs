namespace K12Hub.GraphQL.Tests.Conventions;

/// <summary>How mutations answer: payloads, expected exceptions, and fields without convention.</summary>
public sealed class MutationConventionTests
{
    private const string Join = """
        mutation($id: ID!) {
          joinClub(input: {id: $id}) {
            club { title }
            errors {
              __typename
              ... on Error { code message path }
              ... on ClubFullError { seats }
              ... on ClubUnknownError { hint }
            }
          }
        }
        """;

    private const string Full = """
        {"__typename": "ClubFullError", "code": "club_full", "message": "All 8 seats are taken.", "path": [],
         "seats": 8}
        """;

    private const string Unknown = """
        {"__typename": "ClubUnknownError", "code": "club_unknown", "message": "There is no such club.", "path": [],
         "hint": "Ask for clubs."}
        """;

    private readonly SchoolHarness school = new();

    [Theory]
    [InlineData("Q2x1Yjox", """{"club": {"title": "Chess"}, "errors": null}""")]
    [InlineData("Q2x1Yjoy", """{"club": null, "errors": [FULL]}""")]
    [InlineData("Q2x1Yjoz", """{"club": null, "errors": [FULL, UNKNOWN]}""")]
    [InlineData("Q2x1Yjo5", """{"club": null, "errors": [UNKNOWN]}""")]
    public Task Expected_exceptions_are_errors_with_types_and_codes(string id, string expected) => school.Answers(
        "{\"joinClub\": " + expected.Replace("FULL", Full).Replace("UNKNOWN", Unknown) + "}",
        Join,
        $$"""{"id": "{{id}}"}""");

    [Fact]
    public async Task Other_exceptions_stay_errors_of_the_request()
    {
        var answer = await school.Answer(Join, """{"id": "Q2x1Yjo0"}""");

        Assert.Contains("\"path\":[\"joinClub\"]", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("This is a bug.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public Task Without_the_convention_arguments_and_result_are_shown_as_they_are() =>
        school.Answers("""{"count": 5}""", "mutation { count(from: 4) }");

    [Theory]
    [InlineData(3, "3")]
    [InlineData(0, "null")]
    public Task A_payload_may_hold_a_plain_value_under_a_name_of_its_own(int places, string expected) => school.Answers(
        $$"""{"reservePlaces": {"places": {{expected}}, "errors": null} }""",
        $"mutation {{ reservePlaces(input: {{places: {places}}}) {{ places errors {{ code }} }} }}");

    [Fact]
    public Task A_payload_may_hold_a_list() => school.Answers(
        """{"openClubs": {"clubs": [{"title": "Chess"}, {"title": "Art"}]}}""",
        "mutation { openClubs { clubs { title } } }");
}
