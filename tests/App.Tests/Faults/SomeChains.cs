namespace K12Hub.App.Tests.Faults;

/// <summary>Whom families ask, and whom next.</summary>
internal static class SomeChains
{
    /// <summary>Says whom families ask about an area.</summary>
    public static string Setting(string area, string position, string? school = null) =>
        $$"""
        mutation {
          setContactChain(input: {
            area: "{{area}}", schoolId: {{(school is null ? "null" : $"\"{school}\"")}}, audience: FAMILY,
            steps: [{ position: "{{position}}", place: SCHOOL }]
          }) { contactChain { id version isRetired } errors { code } }
        }
        """;

    /// <summary>The mutations of chains.</summary>
    public static IEnumerable<(string Name, MutationSample Sample)> Over(ThingsThere there) =>
    [
        ("setContactChain", new(Setting("meals", "principal"))),
        ("retireContactChain", new(
            $$"""
            mutation {
              retireContactChain(input: { id: "{{there.Chain}}" }) { contactChain { isRetired } errors { code } }
            }
            """)),
    ];
}
