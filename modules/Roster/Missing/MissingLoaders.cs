using K12Hub.GraphQL;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

internal static class MissingLoaders
{
    /// <summary>Since when a field says somebody is missing.</summary>
    public static async Task<DateTimeOffset?> SinceAsync(
        this IMissingByPersonIdDataLoader missing, Guid person, CancellationToken ct) =>
        (await missing.LoadAsync(person, ct))?.Since;

    [DataLoader]
    public static Task<Dictionary<Guid, MissingPersonRow>> GetMissingByPersonIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct) =>
        db.Of<MissingPersonRow>().InForce().Where(x => ids.Contains(x.PersonId)).ToDictionaryAsync(x => x.PersonId, ct);
}
