using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>Keeps who has which position where, from when to when.</summary>
public sealed class AssignmentDesk
{
    private readonly DocumentStore store;
    private readonly IRosterToday roster;

    internal AssignmentDesk(DocumentStore store, IRosterToday roster) => (this.store, this.roster) = (store, roster);

    /// <summary>Gives somebody a position.</summary>
    /// <param name="district">The district.</param>
    /// <param name="order">Who is to have which position.</param>
    /// <param name="actor">Id of who says so.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The assignment, also where there is one that says the same; or why not.</returns>
    public async Task<(Guid Id, Refusal? Refusal)> AssignAsync(
        DistrictId district, AssignmentOrder order, string? actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (AssignmentRules.WhyNot(order) is { } wrong) return (default, wrong);
        if (await MissingAsync(district, order, ct) is { } missing) return (default, missing);

        var position = Position.IdOf(order.Position);
        await using var turn = await StaffTurn.TakeAsync(store, district, ct);
        if (await turn.IsRetiredAsync(position, ct) is not { } isRetired)
            return (default, PositionRefusals.NotFound.At("position"));

        var known = await turn.AllAsync(order.Person, position, order.Organization, ct);
        if (known.FirstOrDefault(one => one.Is(order)) is { } same) return (same.Id, null);
        if (isRetired) return (default, PositionRefusals.Retired.At("position"));
        if (known.Any(one => one.Overlaps(order.FirstDay, order.LastDay)))
            return (default, AssignmentRefusals.Overlaps.At("firstDay"));

        var id = Assignment.IdOf(order.Person, position, order.Organization, known.Count);
        await using var session = store.LightweightSession(district, new(actor));
        session.Events.StartStream<Assignment>(id, new AssignmentEvent.Assigned(
            order.Person, position, order.Organization, order.FirstDay, order.LastDay, order.Share, order.IsPrimary));
        return (id, await AreaBook.SaveAsync(session, ct));
    }

    /// <summary>Ends an assignment, or says that it ends on another day than was said.</summary>
    /// <param name="district">The district.</param>
    /// <param name="id">The assignment.</param>
    /// <param name="lastDay">The last day.</param>
    /// <param name="mayAt">Whether whoever asks may do so at an organization.</param>
    /// <param name="actor">Id of who says so.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Why not; null when it ends then, also when it did.</returns>
    internal async Task<Refusal?> EndAsync(
        DistrictId district, Guid id, DateOnly lastDay, Func<Guid, bool> mayAt, string? actor, CancellationToken ct)
    {
        await using var turn = await StaffTurn.TakeAsync(store, district, ct);
        await using var session = store.LightweightSession(district, new(actor));
        var stream = await session.Events.FetchForWriting<Assignment>(id, ct);
        if (stream.Aggregate is not { Assigned: { } assigned } assignment || !mayAt(assigned.Organization))
            return AssignmentRefusals.NotFound;

        var known = await turn.AllAsync(assigned.Person, assigned.Position, assigned.Organization, ct);
        var decision = AssignmentRules.End(assignment, lastDay, known);
        if (decision.Refusal is { } refusal) return refusal;

        stream.AppendMany(decision.Events);
        return await AreaBook.SaveAsync(session, ct);
    }

    private async Task<Refusal?> MissingAsync(DistrictId district, AssignmentOrder order, CancellationToken ct)
    {
        var places = await roster.PlacesAsync(district.Value, [order.Organization], ct);
        if (!places.ContainsKey(order.Organization)) return AssignmentRefusals.NoOrganization.At("organizationId");

        var staff = await roster.StaffAsync(district.Value, [order.Person], ct);
        return staff.ContainsKey(order.Person) ? null : AssignmentRefusals.NoPerson.At("personId");
    }
}
