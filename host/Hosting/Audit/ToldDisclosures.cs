using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Writes down what went out by other ways than this program: on paper, by telephone, by mail.</summary>
/// <remarks>Such a disclosure is a record of the audit trail like those this program makes of its own, and no event.
/// 34 CFR 99.32 asks for one list of all of them, of each student; a district has to show that nobody changed it; and
/// it is kept as long as the records of the student. The chain has all of that. Each student has a record of its own:
/// who got it, and what for, are words of whoever tells it, sealed with the key of the student, and go with
/// it.</remarks>
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
    /// <returns>Its numbers in the district's chain, one of each student in the order in which they are named; those of
    /// the first time when it was told before.</returns>
    /// <exception cref="SubjectErasedException">A student was erased; nothing is written.</exception>
    /// <exception cref="AuditException">Nobody knows whether all of it is written; telling it again writes the
    /// rest.</exception>
    public Task<IReadOnlyList<long>> WriteAsync(
        DistrictId district, string? teller, IReadOnlyCollection<Guid> students, IReadOnlyList<string> groups,
        Disclosure disclosure, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(students);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(disclosure);
        var (detail, words) = disclosure.WriteApart();
        var entry = new AuditEntry(AuditKind.Disclosure, Action, "graphql")
        {
            At = time.GetUtcNow(),
            Actor = teller,
            FieldGroups = [.. groups.Order(StringComparer.Ordinal)],
            Detail = detail,
            Personal = words,
        };
        return store.Audit.WriteOnceAsync(
            district, [.. students.Select(student => entry with { Students = [student] })], ct);
    }
}
