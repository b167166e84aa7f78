using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>Keeps what a district helps with.</summary>
public sealed class AreaBook
{
    private const int LongestKey = 60;
    private const int LongestName = 100;
    private const int LongestDescription = 1_000;
    private const int MostPhrases = 200;

    private readonly DocumentStore store;

    internal AreaBook(DocumentStore store) => this.store = store;

    /// <summary>Says in one language what an area is, or says it anew.</summary>
    /// <param name="district">The district.</param>
    /// <param name="key">The area's own key, the same for ever: 2 to 60 of a to z, 0 to 9 and hyphens.</param>
    /// <param name="said">What it says.</param>
    /// <param name="actor">Id of who says so.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The area, also where it says just that; or why not.</returns>
    public async Task<(Guid Id, Refusal? Refusal)> DescribeAsync(
        DistrictId district, string key, AreaText said, string? actor, CancellationToken ct)
    {
        var text = said with
        {
            Name = said.Name.Trim(),
            Description = string.IsNullOrWhiteSpace(said.Description) ? null : said.Description.Trim(),
            Phrases = [.. said.Phrases.Select(phrase => phrase.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)],
        };
        var id = Area.IdOf(key);
        if (WhyNot(key, text) is { } refusal) return (id, refusal);

        await using var session = store.LightweightSession(district, new(actor));
        var area = await session.Events.FetchForWriting<Area>(id, ct);
        var before = area.Aggregate;
        if (before is { IsRetired: false } && before.Texts.Any(other => other.Says(text))) return (id, null);

        area.AppendOne(new AreaEvent.Described(key, text.Language, text.Name, text.Description, text.Phrases));
        return (id, await SaveAsync(session, ct));
    }

    /// <summary>Says that the district helps with it no longer. Nothing is lost: describing brings it back.</summary>
    /// <returns>Why not; null when it is retired, also when it was.</returns>
    internal async Task<Refusal?> RetireAsync(DistrictId district, Guid id, string? actor, CancellationToken ct)
    {
        await using var session = store.LightweightSession(district, new(actor));
        var area = await session.Events.FetchForWriting<Area>(id, ct);
        if (area.Aggregate?.Key is null) return DirectoryRefusals.NotFound;
        if (area.Aggregate.IsRetired) return null;

        area.AppendOne(new AreaEvent.Retired());
        return await SaveAsync(session, ct);
    }

    /// <summary>What is wrong with a key and a text; null for nothing.</summary>
    internal static Refusal? WhyNot(string key, AreaText text)
    {
        if (!IsKey(key)) return DirectoryRefusals.Key.At("key");
        if (!HelpLanguage.IsKnown(text.Language)) return DirectoryRefusals.Language.At("language");
        if (text.Name.Length is 0 or > LongestName || text.Name.Any(char.IsControl))
            return DirectoryRefusals.Name.At("name");
        if (text.Description is { } covers
            && (covers.Length > LongestDescription || covers.Any(c => char.IsControl(c) && c is not '\n')))
        {
            return DirectoryRefusals.Description.At("description");
        }

        return text.Phrases.Count > MostPhrases
            || text.Phrases.Any(phrase => phrase.Length is 0 or > LongestName || EverydayWords.Of(phrase).Count == 0)
                ? DirectoryRefusals.Phrases.At("phrases")
                : null;
    }

    /// <summary>Whether something can be a key of what the directory has.</summary>
    internal static bool IsKey(string key) =>
        key.Length is >= 2 and <= LongestKey && char.IsAsciiLetterLower(key[0])
        && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');

    /// <summary>Saves; null when that was done.</summary>
    internal static async Task<Refusal?> SaveAsync(IDocumentSession session, CancellationToken ct)
    {
        try
        {
            await session.SaveChangesAsync(ct);
            return null;
        }
        catch (SubjectErasedException)
        {
            return Refusal.Erased;
        }
        catch (ConcurrencyException)
        {
            return Refusal.Conflict;
        }
    }
}
