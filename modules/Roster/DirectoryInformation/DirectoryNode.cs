using System.Globalization;
using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class DirectoryQueries
{
    /// <summary>What the district has named directory information; null before it named any, and then nothing goes
    /// out.</summary>
    [Authorize(Policy = RosterPermissions.ReadDirectory)]
    public static Task<DirectoryInformationRow?> GetDirectoryInformationAsync(Rows db, CancellationToken ct) =>
        db.Of<DirectoryInformationRow>().FirstOrDefaultAsync(ct);
}

[ObjectType<DirectoryInformationRow>, Authorize(Policy = RosterPermissions.ReadDirectory)]
internal static partial class DirectoryInformationNode
{
    /// <summary>What is directory information.</summary>
    [ListSize(AssumedSize = 6)]
    public static IReadOnlyList<DirectoryCategory> Categories(
        [Parent(nameof(DirectoryInformationRow.Categories))] DirectoryInformationRow list) =>
        [.. list.Categories.Select(DirectoryWords.Parse)];

    /// <summary>Whether something may go out now: the notice was given, and not more than a year ago.</summary>
    public static bool IsInForce(
        [Parent(nameof(DirectoryInformationRow.NoticeDate))] DirectoryInformationRow list, TimeProvider time) =>
        DirectoryTerms.IsInForce(list.NoticeDate, time);
}

[ObjectType<DirectoryChoiceRow>, Authorize(Policy = RosterPermissions.ReadDirectory)]
internal static partial class DirectoryChoiceNode
{
    /// <summary>What must not go out.</summary>
    [ListSize(AssumedSize = 3)]
    public static IReadOnlyList<DirectoryOptOut> OptOuts(
        [Parent(
            nameof(DirectoryChoiceRow.OptedOut), nameof(DirectoryChoiceRow.OptedOutSince),
            nameof(DirectoryChoiceRow.OptedOutBy))]
        DirectoryChoiceRow choice) =>
        [
            .. choice.OptedOut.Select((category, i) => new DirectoryOptOut(
                DirectoryWords.Parse(category),
                DateOnly.ParseExact(choice.OptedOutSince[i], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                choice.OptedOutBy[i])),
        ];

    /// <summary>What was consented to where consent is needed.</summary>
    [ListSize(AssumedSize = 3)]
    public static IReadOnlyList<DirectoryCategory> ConsentedTo(
        [Parent(nameof(DirectoryChoiceRow.Consented))] DirectoryChoiceRow choice) =>
        [.. choice.Consented.Select(DirectoryWords.Parse)];
}

/// <summary>Something that must not go out.</summary>
/// <param name="Category">What.</param>
/// <param name="Since">The day it was said.</param>
/// <param name="By">Who said so, as the office wrote it down.</param>
internal sealed record DirectoryOptOut(DirectoryCategory Category, DateOnly Since, string By);

[ObjectType<DirectoryOptOut>, Authorize(Policy = RosterPermissions.ReadDirectory)]
internal static partial class DirectoryOptOutNode;

internal static class DirectoryLoaders
{
    [DataLoader]
    public static async Task<Dictionary<Guid, DirectoryChoiceRow>> GetDirectoryChoiceByStudentIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<DirectoryChoiceRow> query, Rows db, CancellationToken ct) =>
        await db.OfKeys(ids, query, static (tables, ids, wanted) => tables.Of<DirectoryChoiceRow>()
                .Where(x => ids.Contains(x.StudentId)).With(wanted.Include(x => x.StudentId)))
            .ToDictionaryAsync(x => x.StudentId, cancellationToken: ct);
}
