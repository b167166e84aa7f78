using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;

namespace K12Hub.Roster;

[MutationType]
internal static partial class DisclosureMutations
{
    /// <summary>Writes down that records of students went to somebody outside, on paper, by telephone or otherwise, as
    /// 34 CFR 99.32 asks for it. What says the same a second time is the same disclosure. The list disclosures shows it
    /// beside those that this program made.</summary>
    [Authorize(Policy = RosterPermissions.RecordDisclosure)]
    public static async Task<MutationResult<RecordedDisclosure>> RecordDisclosureAsync(
        [ID<StudentRow>, GraphQLDescription("Whose records they are, 1 to 500 students.")]
        IReadOnlyList<Guid> studentIds,
        [GraphQLDescription("Which records.")] IReadOnlyList<DisclosedRecords> records,
        [GraphQLDescription("Who got them, an office or firm. Kept until the student is erased.")] string party,
        [GraphQLDescription("The legitimate interest of the party. Kept until the student is erased.")] string interest,
        [GraphQLDescription("Why they may go out without consent, or that there is consent.")] DisclosureBasis basis,
        [GraphQLDescription("How they went.")] DisclosureMeans means,
        [GraphQLDescription("The day they went, by the clocks of the district.")] DateOnly madeOn,
        DisclosureDesk desk, ViewerScope viewer, CancellationToken ct)
    {
        var (numbers, refusal) = await desk.WriteAsync(
            viewer.District, viewer.Viewer,
            new(studentIds, records, party, interest, basis, means, madeOn), ct);
        return refusal is null
            ? new RecordedDisclosure(numbers, madeOn)
            : new MutationError(refusal.Code, refusal.Message) { Path = refusal.Path };
    }
}

/// <summary>That a disclosure is written down.</summary>
/// <param name="Numbers">Its places among the records of the district, from 1, one of each student in the order
/// in which they are named, each once; disclosures has the same.</param>
/// <param name="MadeOn">The day it was made.</param>
internal sealed record RecordedDisclosure(IReadOnlyList<long> Numbers, DateOnly MadeOn);

[ObjectType<RecordedDisclosure>, Authorize(Policy = RosterPermissions.RecordDisclosure)]
internal static partial class RecordedDisclosureNode;
