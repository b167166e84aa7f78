using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Writes down what is directory information, and whose must not go out.</summary>
internal sealed class DirectoryDesk(DocumentStore store, TimeProvider time)
{
    /// <summary>Says what is directory information.</summary>
    /// <returns>Why not; null when it is so.</returns>
    public async Task<Refusal?> NameAsync(
        DistrictId district, IEnumerable<DirectoryCategory> categories, DateOnly noticeDate,
        IReadOnlyList<string> limitedTo, string? actor, CancellationToken ct)
    {
        string[] parties = [.. limitedTo.Select(party => party.Trim()).Distinct().Order(StringComparer.Ordinal)];
        if (parties.Length > DirectoryRefusals.MostParties || parties.Any(party => !IsText(party)))
            return DirectoryRefusals.Parties;

        var words = DirectoryWords.Of(categories);
        return await AgainAsync(async () =>
        {
            await using var session = store.LightweightSession(district, new(actor));
            var list = await session.Events.FetchForWriting<DirectoryInformation>(DirectoryInformation.TheOne, ct);
            if (list.Aggregate?.Says(words, noticeDate, parties) is true) return null;

            list.AppendOne(new DirectoryInformationEvent.Named(words, noticeDate, parties, actor, Now));
            return await LegalHolds.SaveAsync(session, ct);
        });
    }

    /// <summary>Says that some of it must not go out.</summary>
    /// <returns>Why not; null when it is so, also when it was before.</returns>
    public Task<Refusal?> OptOutAsync(
        DistrictId district, Guid student, DirectoryWish wish, string? actor, CancellationToken ct) =>
        WriteAsync(district, student, wish, actor, isEmptyRight: false, choice =>
        {
            string[] added = [.. wish.Categories.Except(choice.OptedOut.Select(one => one.Category))];
            return added.Length == 0 ? null : new DirectoryChoiceEvent.OptedOut(
                student, wish with { Categories = added }, actor, Now);
        }, ct);

    /// <summary>Says that it may go out after all.</summary>
    /// <returns>Why not; null when it is so, also when it was before.</returns>
    public Task<Refusal?> WithdrawAsync(
        DistrictId district, Guid student, DirectoryWish wish, string? actor, CancellationToken ct) =>
        WriteAsync(district, student, wish, actor, isEmptyRight: false, choice =>
        {
            string[] ended = [.. wish.Categories.Intersect(choice.OptedOut.Select(one => one.Category))];
            return ended.Length == 0 ? null : new DirectoryChoiceEvent.Withdrawn(
                student, wish with { Categories = ended }, actor, Now);
        }, ct);

    /// <summary>Says that nothing goes out but what was consented to, or that no consent is needed.</summary>
    /// <returns>Why not; null when it is so, also when it was before.</returns>
    public Task<Refusal?> NeedConsentAsync(
        DistrictId district, Guid student, bool isNeeded, DirectoryWish wish, string? actor, CancellationToken ct) =>
        WriteAsync(district, student, wish, actor, isEmptyRight: true, choice =>
        {
            var isSo = isNeeded ? choice.Consented?.SequenceEqual(wish.Categories) is true : choice.Consented is null;
            return isSo ? null : new DirectoryChoiceEvent.ConsentNeeded(student, isNeeded ? wish : null, actor, Now);
        }, ct);

    private DateTimeOffset Now => RunRecord.Kept(time.GetUtcNow());

    private async Task<Refusal?> WriteAsync(
        DistrictId district, Guid student, DirectoryWish wish, string? actor, bool isEmptyRight,
        Func<DirectoryChoice, DirectoryChoiceEvent?> decide, CancellationToken ct)
    {
        if (wish.Categories.Length == 0 && !isEmptyRight) return DirectoryRefusals.Nothing;
        if (!IsText(wish.Who)) return DirectoryRefusals.Who;
        // Somewhere it is tomorrow already.
        var tomorrow = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1);
        if (wish.Since > tomorrow) return DirectoryRefusals.Future;

        return await AgainAsync(async () =>
        {
            var id = DirectoryChoice.IdOf(student);
            await using var session = store.LightweightSession(district, new(actor));
            var stream = await session.Events.FetchForWriting<DirectoryChoice>(id, ct);
            if (decide(stream.Aggregate ?? new(id)) is not { } happened) return null;

            stream.AppendOne(happened);
            return await LegalHolds.SaveAsync(session, ct);
        });
    }

    /// <summary>Decides anew where somebody was faster, or where it was stored and the answer was lost.</summary>
    private static async Task<Refusal?> AgainAsync(Func<Task<Refusal?>> once)
    {
        for (var rerun = 0; ; rerun++)
        {
            var refusal = await once();
            if (refusal != Refusal.Conflict || rerun == CommandDoor.MostReruns) return refusal;
        }
    }

    private static bool IsText(string text) => text.Trim().Length is > 0 and <= DirectoryRefusals.LongestText;
}
