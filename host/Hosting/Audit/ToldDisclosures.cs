using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Writes down what went out by other ways than this program: on paper, by telephone, by mail.</summary>
/// <remarks>Such a disclosure is a record of the audit trail like those this program makes of its own, and no event.
/// 34 CFR 99.32 asks for one list of all of them, of each student; a district has to show that nobody changed it; and
/// it is kept as long as the records of the student. The chain has all of that, and a record of it tells of many
/// students at once. It names students by id; who got them, and what for, are words of whoever tells it, which stay
/// when a student is erased and are not to name anybody.</remarks>
public sealed class ToldDisclosures
{
    /// <summary>What records of them say was done.</summary>
    public const string Action = "disclosed";

    private readonly DocumentStore store;
    private readonly TimeProvider time;

    internal ToldDisclosures(DocumentStore store, TimeProvider time) => (this.store, this.time) = (store, time);

    /// <summary>Writes one down; once, however often it is told.</summary>
    /// <param name="district">The district.</param>
    /// <param name="teller">Id of who tells it.</param>
    /// <param name="students">Of whom; each once, in any order.</param>
    /// <param name="groups">What of them: words.</param>
    /// <param name="disclosure">To whom it went and why, when and how.</param>
    /// <param name="ct">Ends the waiting, not the writing.</param>
    /// <returns>Its number in the district's chain; that of the first time when it was told before.</returns>
    /// <exception cref="AuditException">It is not written.</exception>
    public Task<long> WriteAsync(
        DistrictId district, string? teller, IReadOnlyCollection<Guid> students, IReadOnlyList<string> groups,
        Disclosure disclosure, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(students);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(disclosure);
        return store.Audit.WriteOnceAsync(
            district,
            new(AuditKind.Disclosure, Action, "graphql")
            {
                At = time.GetUtcNow(),
                Actor = teller,
                Students = [.. students.Order()],
                FieldGroups = [.. groups.Order(StringComparer.Ordinal)],
                Detail = disclosure.Write(),
            },
            ct);
    }
}
