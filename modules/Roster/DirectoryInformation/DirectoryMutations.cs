using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[MutationType]
internal static partial class DirectoryMutations
{
    private const string Who = "Who wishes it, as the office writes it down: mother, form of 1 September.";

    /// <summary>Says what is directory information, since which yearly notice to families, and to whom alone it may go.
    /// Nothing goes out before the notice, nor when there was none for more than a year.</summary>
    [Authorize(Policy = RosterPermissions.NameDirectory)]
    public static async Task<MutationResult<DirectoryInformationRow>> SetDirectoryInformationAsync(
        [GraphQLDescription("What; nothing of students goes out when the name is not among it.")]
        IReadOnlyList<DirectoryCategory> categories,
        [GraphQLDescription("The day of the notice.")] DateOnly noticeDate,
        [GraphQLDescription("The parties that alone may have it; none for everybody.")]
        IReadOnlyList<string> limitedTo,
        DirectoryDesk desk, ViewerScope viewer, Rows db, CancellationToken ct)
    {
        var refusal = await desk.NameAsync(
            viewer.District, categories, noticeDate, limitedTo, viewer.Viewer.Id, ct);
        return refusal is null
            ? await db.Of<DirectoryInformationRow>().FirstOrDefaultAsync(ct)
            : new MutationError(refusal.Code, refusal.Message);
    }

    /// <summary>Says that some of a student's directory information must not go out. Honored at once.</summary>
    [Authorize(Policy = RosterPermissions.OptOut)]
    public static Task<MutationResult<DirectoryChoiceRow>> OptOutAsync(
        [ID<StudentRow>, GraphQLDescription("The student.")] Guid studentId,
        [GraphQLDescription("What must not go out.")] IReadOnlyList<DirectoryCategory> categories,
        [GraphQLDescription("The day it was said.")] DateOnly since,
        [GraphQLDescription(Who)] string by,
        DirectoryDesk desk, ViewerScope viewer, Rows db, CancellationToken ct) =>
        AnswerAsync(studentId, viewer, db, () => desk.OptOutAsync(
            viewer.District, studentId, new(DirectoryWords.Of(categories), since, by.Trim()),
            viewer.Viewer.Id, ct), ct);

    /// <summary>Says that it may go out after all.</summary>
    [Authorize(Policy = RosterPermissions.OptOut)]
    public static Task<MutationResult<DirectoryChoiceRow>> WithdrawOptOutAsync(
        [ID<StudentRow>, GraphQLDescription("The student.")] Guid studentId,
        [GraphQLDescription("What may go out again.")] IReadOnlyList<DirectoryCategory> categories,
        [GraphQLDescription("The day it was said.")] DateOnly since,
        [GraphQLDescription(Who)] string by,
        DirectoryDesk desk, ViewerScope viewer, Rows db, CancellationToken ct) =>
        AnswerAsync(studentId, viewer, db, () => desk.WithdrawAsync(
            viewer.District, studentId, new(DirectoryWords.Of(categories), since, by.Trim()),
            viewer.Viewer.Id, ct), ct);

    /// <summary>Says that nothing of a student goes out but what a parent consented to, as California has it for
    /// students without a home (Education Code 49073), or that no consent is needed any more. Why is not
    /// stored.</summary>
    [Authorize(Policy = RosterPermissions.OptOut)]
    public static Task<MutationResult<DirectoryChoiceRow>> SetDirectoryConsentAsync(
        [ID<StudentRow>, GraphQLDescription("The student.")] Guid studentId,
        [GraphQLDescription("Whether consent is needed.")] bool isNeeded,
        [GraphQLDescription("What was consented to; may be nothing.")] IReadOnlyList<DirectoryCategory> categories,
        [GraphQLDescription("The day it was said.")] DateOnly since,
        [GraphQLDescription(Who)] string by,
        DirectoryDesk desk, ViewerScope viewer, Rows db, CancellationToken ct) =>
        AnswerAsync(studentId, viewer, db, () => desk.NeedConsentAsync(
            viewer.District, studentId, isNeeded, new(DirectoryWords.Of(categories), since, by.Trim()),
            viewer.Viewer.Id, ct), ct);

    private static async Task<MutationResult<DirectoryChoiceRow>> AnswerAsync(
        Guid student, ViewerScope viewer, Rows db, Func<Task<Refusal?>> write, CancellationToken ct)
    {
        var refusal = await MayAsync(student, viewer.Viewer, db, ct) ? await write() : DirectoryRefusals.NoStudent;
        return refusal is null
            ? await db.Of<DirectoryChoiceRow>().FirstOrDefaultAsync(row => row.StudentId == student, ct)
            : new MutationError(refusal.Code, refusal.Message);
    }

    /// <summary>Whoever may speak for a student is somebody at the school, or a parent. Whoever may not is not told
    /// whether there is such a student.</summary>
    private static async Task<bool> MayAsync(Guid student, Viewer viewer, Rows db, CancellationToken ct) =>
        await db.Of<StudentRow>().Where(row => row.Id == student).Select(row => new { row.SchoolId })
            .FirstOrDefaultAsync(ct) is { } known
        && Policy.May(viewer, RosterPermissions.OptOut, new()
        {
            Schools = known.SchoolId is { } school ? [school] : [], People = [student],
        });
}
