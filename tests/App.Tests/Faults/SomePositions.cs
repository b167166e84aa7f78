using K12Hub.GraphQL.Conventions;

namespace K12Hub.App.Tests.Faults;

/// <summary>Positions, and who has them.</summary>
internal static class SomePositions
{
    /// <summary>Says what a position is called.</summary>
    public static string Describing(string key) =>
        $$"""
        mutation {
          describePosition(input: { key: "{{key}}", language: "en", title: "Nurse" }) {
            position { id key isRetired } errors { code }
          }
        }
        """;

    /// <summary>Gives somebody a position at a school.</summary>
    public static string Assigning(string staff, string position, string school) =>
        $$"""
        mutation {
          assignPosition(input: {
            personId: "{{staff}}", position: "{{position}}", firstDay: "2026-08-01",
            organizationId: "{{NodeId.Encode("Organization", NodeId.Decode<Guid>("School", school))}}"
          }) { assignment { id firstDay share isPrimary } errors { code } }
        }
        """;

    /// <summary>The mutations of positions, assignments, chains and absences.</summary>
    public static IEnumerable<(string Name, MutationSample Sample)> Over(ThingsThere there) =>
    [
        ("describePosition", new(Describing("bus-dispatcher"))),
        ("retirePosition", new(
            $$"""
            mutation { retirePosition(input: { id: "{{there.Position}}" }) { position { isRetired } errors { code } } }
            """)),
        ("assignPosition", new(Assigning(there.Staff, "principal", there.School))),
        ("endAssignment", new(
            $$"""
            mutation {
              endAssignment(input: { id: "{{there.Assignment}}", lastDay: "2027-06-12" }) {
                assignment { firstDay lastDay } errors { code }
              }
            }
            """)),
        .. SomeChains.Over(there),
        .. SomeAbsences.Over(there),
    ];
}
