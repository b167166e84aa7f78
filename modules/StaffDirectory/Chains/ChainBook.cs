using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>A step as somebody says it.</summary>
/// <param name="Position">Key of the position.</param>
/// <param name="IsAtSchool">Whether it is at the child's school; else at the district's offices.</param>
/// <param name="Hours">When they can be reached, in words; null for nothing to say.</param>
/// <param name="MoveOnAfter">Business days without an answer after which one may ask the next.</param>
public sealed record SaidStep(string Position, bool IsAtSchool, string? Hours, int? MoveOnAfter);

/// <summary>Keeps whom people ask, and whom next.</summary>
public sealed class ChainBook
{
    private const string FindArea = "select is_retired from directory.areas_v1 where tenant_id = $1 and id = $2";

    private const string FindPositions =
        "select id, is_retired from directory.positions_v1 where tenant_id = $1 and id = any($2)";

    private readonly DocumentStore store;
    private readonly IRosterToday roster;

    internal ChainBook(DocumentStore store, IRosterToday roster) => (this.store, this.roster) = (store, roster);

    /// <summary>Says whom one asks about an area, and whom next, in the place of what was said before.</summary>
    /// <param name="district">The district.</param>
    /// <param name="area">Key of the area.</param>
    /// <param name="school">For whose school; null for the whole district.</param>
    /// <param name="isForStaff">Whether staff asks; else families.</param>
    /// <param name="steps">The steps, the first coming first.</param>
    /// <param name="actor">Id of who says so.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The chain, also where it says just that; or why not.</returns>
    public async Task<(Guid Id, Refusal? Refusal)> SetAsync(
        DistrictId district, string area, Guid? school, bool isForStaff, IReadOnlyList<SaidStep> steps, string? actor,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ChainStep[] said = [.. steps.Select(Stored)];
        var areaId = Area.IdOf(area);
        if (ChainRules.WhyNot(said) is { } wrong) return (default, wrong);
        if (await MissingAsync(district, areaId, school, said, ct) is { } missing) return (default, missing);

        var audience = isForStaff ? ContactAudience.Staff : ContactAudience.Family;
        var id = ContactChain.IdOf(areaId, school, audience);
        await using var session = store.LightweightSession(district, new(actor));
        var chain = await session.Events.FetchForWriting<ContactChain>(id, ct);
        if (chain.Aggregate is { IsRetired: false, Said: { } before } && before.Steps.SequenceEqual(said))
            return (id, null);

        chain.AppendOne(new ContactChainEvent.Set(
            areaId, school, audience.Word(), (chain.Aggregate?.Said?.Version ?? 0) + 1, said));
        return (id, await AreaBook.SaveAsync(session, ct));
    }

    /// <summary>Says that a chain holds no longer: a less particular one holds then.</summary>
    /// <returns>Why not; null when it is retired, also when it was.</returns>
    internal async Task<Refusal?> RetireAsync(DistrictId district, Guid id, string? actor, CancellationToken ct)
    {
        await using var session = store.LightweightSession(district, new(actor));
        var chain = await session.Events.FetchForWriting<ContactChain>(id, ct);
        if (chain.Aggregate?.Said is null) return ChainRefusals.NotFound;
        if (chain.Aggregate.IsRetired) return null;

        chain.AppendOne(new ContactChainEvent.Retired());
        return await AreaBook.SaveAsync(session, ct);
    }

    private static ChainStep Stored(SaidStep step) => new(
        Position.IdOf(step.Position), (step.IsAtSchool ? ContactPlace.School : ContactPlace.District).Word(),
        step.Hours?.Trim(), step.MoveOnAfter);

    private async Task<Refusal?> MissingAsync(
        DistrictId district, Guid area, Guid? school, ChainStep[] steps, CancellationToken ct)
    {
        if (school is { } id)
        {
            var places = await roster.PlacesAsync(district.Value, [id], ct);
            if (places.GetValueOrDefault(id)?.Type != "school") return ChainRefusals.NoSchool.At("schoolId");
        }

        Guid[] positions = [.. steps.Select(step => step.Position).Distinct()];
        await using var batch = DistrictBatch.For(store, district)
            .With(FindArea, district.Value, area).With(FindPositions, district.Value, positions);
        await using var rows = await batch.ReadAsync(ct);
        if (!await rows.ReadAsync(ct)) return ChainRefusals.NoArea.At("area");
        if (rows.GetBoolean(0)) return ChainRefusals.AreaRetired.At("area");

        await rows.NextResultAsync(ct);
        var known = new Dictionary<Guid, bool>();
        while (await rows.ReadAsync(ct)) known[rows.GetGuid(0)] = rows.GetBoolean(1);
        if (known.Count < positions.Length) return PositionRefusals.NotFound.At("steps");

        return known.ContainsValue(true) ? PositionRefusals.Retired.At("steps") : null;
    }
}
