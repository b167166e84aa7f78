namespace K12Hub.App.Tests.Faults;

/// <summary>Who is away, and who stands in.</summary>
internal static class SomeAbsences
{
    /// <summary>Says that somebody is away for a week.</summary>
    public static string Planning(string staff, string? deputy, string monday) =>
        $$"""
        mutation {
          planAbsence(input: {
            personId: "{{staff}}", firstDay: "{{monday}}", lastDay: "{{DateOnly.Parse(monday, null).AddDays(4):O}}",
            deputyId: {{(deputy is null ? "null" : $"\"{deputy}\"")}}
          }) { absence { id firstDay lastDay deputyId isCancelled } errors { code } }
        }
        """;

    /// <summary>Each of them away for the same week but the last, who stands in at the end.</summary>
    public static IEnumerable<string> OfEach(IReadOnlyList<string> staff) =>
        staff.Zip(staff.Skip(1)).Select(pair => Planning(pair.First, pair.Second, "2026-10-05"));

    /// <summary>The mutations of absences.</summary>
    public static IEnumerable<(string Name, MutationSample Sample)> Over(ThingsThere there) =>
    [
        ("planAbsence", new(Planning(there.Staff, null, "2026-11-02"))),
        ("moveAbsence", new(
            $$"""
            mutation {
              moveAbsence(input: { id: "{{there.Absence}}", lastDay: "2026-10-16" }) {
                absence { firstDay lastDay } errors { code }
              }
            }
            """)),
        ("cancelAbsence", new(
            $$"""
            mutation {
              cancelAbsence(input: { id: "{{there.Absence}}" }) { absence { isCancelled } errors { code } }
            }
            """)),
    ];
}
