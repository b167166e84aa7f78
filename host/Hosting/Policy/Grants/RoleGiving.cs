using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>A role that something gets as it is made.</summary>
/// <param name="Account">The account or token that is being made.</param>
/// <param name="Role">The role: integration, auditor and so on.</param>
/// <param name="Schools">The schools it is for; none for the whole district.</param>
/// <param name="Until">Until when.</param>
/// <param name="Reason">Why, for whoever asks later; without names.</param>
public sealed record RoleToGive(
    Guid Account, string Role, IReadOnlyList<Guid> Schools, DateTimeOffset Until, string Reason);

/// <summary>Gives a role in the same transaction as what gets it; by the rules of <c>grantRole</c>.</summary>
public sealed class RoleGiving
{
    private readonly DocumentStore store;
    private readonly ICommandPolicy policy;
    private readonly KnownIds known;
    private readonly TimeProvider time;

    internal RoleGiving(DocumentStore store, ICommandPolicy policy, KnownIds known, TimeProvider time) =>
        (this.store, this.policy, this.known, this.time) = (store, policy, known, time);

    /// <summary>Adds the grant to what is being saved, or says why not.</summary>
    /// <param name="session">What is being saved.</param>
    /// <param name="district">Its district.</param>
    /// <param name="giver">Who gives it, and may not give more than they have.</param>
    /// <param name="wanted">What is given.</param>
    /// <param name="ct">Cancels.</param>
    public async ValueTask<Refusal?> GiveAsync(
        IDocumentSession session, DistrictId district, Viewer giver, RoleToGive wanted, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(wanted);
        var command = new GrantRole(
            wanted.Account, wanted.Role, wanted.Schools, null, null, wanted.Until, wanted.Reason);
        if (!policy.May(giver, PolicyPermissions.Grant, command)) return Refusal.NotAllowed;

        var schools = new Schools(wanted.Schools);
        if (await known.MissingAsync(store, district, schools, ct).ConfigureAwait(false) is { } missing) return missing;

        var id = Guid.CreateVersion7(time.GetUtcNow());
        var decision = GrantRole.Decide(new Grant(id), command, time.GetUtcNow());
        if (decision.Refusal is { } refusal) return refusal;

        session.Events.StartStream<Grant>(id, decision.Events[0]);
        return null;
    }

    private sealed record Schools(IReadOnlyList<Guid> Ids) : INamesOthers
    {
        IEnumerable<NamedIds> INamesOthers.Named => [new("school", nameof(GrantRole.SchoolIds), Ids)];
    }
}
