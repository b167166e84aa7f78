using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>Keeps which positions a district has.</summary>
public sealed class PositionBook
{
    private const int LongestTitle = 100;

    private readonly DocumentStore store;

    internal PositionBook(DocumentStore store) => this.store = store;

    /// <summary>Says in one language what a position is called, or says it anew.</summary>
    /// <param name="district">The district.</param>
    /// <param name="key">The position's own key, the same for ever: 2 to 60 of a to z, 0 to 9 and hyphens.</param>
    /// <param name="said">What it is called.</param>
    /// <param name="actor">Id of who says so.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The position, also where it is called so already; or why not.</returns>
    public async Task<(Guid Id, Refusal? Refusal)> DescribeAsync(
        DistrictId district, string key, PositionTitle said, string? actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(said);
        var title = said with { Text = said.Text.Trim() };
        var id = Position.IdOf(key);
        if (WhyNot(key, title) is { } refusal) return (id, refusal);

        await using var session = store.LightweightSession(district, new(actor));
        var position = await session.Events.FetchForWriting<Position>(id, ct);
        if (position.Aggregate is { IsRetired: false } before && before.Titles.Contains(title)) return (id, null);

        position.AppendOne(new PositionEvent.Described(key, title.Language, title.Text));
        return (id, await AreaBook.SaveAsync(session, ct));
    }

    /// <summary>Says that the district has it no longer. Nothing is lost: describing brings it back.</summary>
    /// <returns>Why not; null when it is retired, also when it was.</returns>
    internal async Task<Refusal?> RetireAsync(DistrictId district, Guid id, string? actor, CancellationToken ct)
    {
        await using var session = store.LightweightSession(district, new(actor));
        var position = await session.Events.FetchForWriting<Position>(id, ct);
        if (position.Aggregate?.Key is null) return PositionRefusals.NotFound;
        if (position.Aggregate.IsRetired) return null;

        position.AppendOne(new PositionEvent.Retired());
        return await AreaBook.SaveAsync(session, ct);
    }

    private static Refusal? WhyNot(string key, PositionTitle title)
    {
        if (!AreaBook.IsKey(key)) return PositionRefusals.Key.At("key");
        if (!HelpLanguage.IsKnown(title.Language)) return PositionRefusals.Language.At("language");

        return title.Text.Length is 0 or > LongestTitle || title.Text.Any(char.IsControl)
            ? PositionRefusals.Title.At("title")
            : null;
    }
}
