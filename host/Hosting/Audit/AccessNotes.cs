using K12Hub.EventStore;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace K12Hub.Hosting;

/// <summary>Notes of whom an answer says something, and has it written down before the answer leaves. One per request,
/// event or job.</summary>
public sealed partial class AccessNotes : IAnswerLog
{
    private const string Denied = "AUTH_NOT_AUTHORIZED";
    private const string DeniedAction = "auth.denied";
    private const int MostPlaces = 20;

    /// <summary>Answered instead of what could not be written down.</summary>
    public static readonly Refusal NotWritten = new(
        "AUDIT_NOT_WRITTEN",
        "Who reads records of students is written down first, and that failed. Try again in a moment.");

    private readonly AccessRules rules;
    private readonly AuditSettings settings;
    private readonly AuditTrail trail;
    private readonly SecurityTrail security;
    private readonly ViewerScope scope;
    private readonly TimeProvider time;
    private readonly ILogger<AccessNotes> log;
    private readonly List<Guid> students = [];
    private readonly List<Guid> others = [];
    private ulong groups;

    internal AccessNotes(
        AccessRules rules, AuditSettings settings, AuditTrail trail, SecurityTrail security, ViewerScope scope,
        TimeProvider time, ILogger<AccessNotes> log) =>
        (this.rules, this.settings, this.trail, this.security, this.scope, this.time, this.log) =
            (rules, settings, trail, security, scope, time, log);

    /// <summary>The way the answer takes: graphql, subscription, export, provider, cli, job.</summary>
    public string Via { get; set; } = "graphql";

    /// <summary>Why somebody asks; at most 200 characters.</summary>
    public string? Purpose { get; set; }

    /// <summary>Tells the request's id when it is needed.</summary>
    public Func<string?> RequestId { get; set; } = () => null;

    /// <summary>Tells where the request came from when it is needed: an IP address.</summary>
    public Func<string?> Address { get; set; } = () => null;

    /// <summary>The disclosure of a file that the viewer takes away, as a school official.</summary>
    public Disclosure ToViewer => new(scope.Viewer.Id ?? "", Purpose ?? "", "schoolOfficial");

    /// <summary>The answer says something of a student.</summary>
    public void Student(Guid id)
    {
        if (id != Guid.Empty) students.Add(id);
    }

    /// <summary>The answer says something of somebody who is no student.</summary>
    public void Other(Guid id)
    {
        if (id != Guid.Empty) others.Add(id);
    }

    /// <summary>The answer has fields of a group.</summary>
    public void Group(string group) => groups |= rules.BitOf(group);

    /// <summary>Notes for whoever works without the services of a hub: a verb of the command line, a test.</summary>
    /// <param name="store">Where they are written.</param>
    /// <param name="viewer">Who reads.</param>
    /// <param name="via">The way: cli.</param>
    public static AccessNotes Of(DocumentStore store, Viewer viewer, string via)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new(
            new(), new(), store.Audit,
            new(store.Audit, TimeProvider.System, NullLogger<SecurityTrail>.Instance),
            new ViewerScope { Viewer = viewer }, TimeProvider.System, NullLogger<AccessNotes>.Instance) { Via = via };
    }

    /// <summary>Writes down whom what follows is about; for whoever answers in other ways than by GraphQL, and sends
    /// nothing before it has come back. Where nobody was noted, nothing is written.</summary>
    /// <param name="action">What was done: <c>export</c>.</param>
    /// <param name="disclosed">To whom it goes, where it leaves the district; null where it stays.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="AuditException">It is not written: nothing may be sent.</exception>
    public Task WriteAsync(string action, Disclosure? disclosed, CancellationToken ct)
    {
        if (students.Count + others.Count > 0) return trail.WriteAsync(scope.District, Taken(action, disclosed), ct);

        groups = 0;
        return Task.CompletedTask;
    }

    /// <summary>The same; says why it is not written.</summary>
    /// <param name="action">What was done: <c>export</c>.</param>
    /// <param name="disclosed">To whom it goes, where it leaves the district; null where it stays.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when it is written; else why not, and then nothing may be sent.</returns>
    public async Task<Refusal?> TryWriteAsync(string action, Disclosure? disclosed, CancellationToken ct)
    {
        try
        {
            await WriteAsync(action, disclosed, ct).ConfigureAwait(false);
            return null;
        }
        catch (AuditException failure)
        {
            Unwritten(log, failure.InnerException?.GetType().Name);
            return NotWritten;
        }
    }

    /// <summary>Writes down that the viewer was refused; many times within a minute are one record.</summary>
    /// <param name="what">What was asked for: fields, commands, routes; never a value.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="AuditException">It is not written.</exception>
    public Task DeniedAsync(IReadOnlyList<string> what, CancellationToken ct) => security.RefusedAsync(
        scope.District.Value,
        new(DeniedAction, Via)
        {
            Actor = scope.Viewer.Id,
            Address = Address(),
            RequestId = RequestId(),
            Purpose = Purpose,
            What = what,
        },
        ct);

    void IAnswerLog.Wrote(object mark, object value)
    {
        var noted = (AccessMark)mark;
        groups |= noted.Groups;
        noted.See(value, this);
    }

    ValueTask<GraphQLError?> IAnswerLog.SealAsync(ExecutionResult result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        var denied = result.Errors.Count == 0 ? null : DeniedIn(result.Errors);
        var isSeen = result.Failure is null && (groups != 0 || students.Count + others.Count > 0);
        if (scope.Viewer.District is not { } district || (!isSeen && denied is null)) return new((GraphQLError?)null);

        return SealAsync(district, isSeen ? Taken("view") : null, denied, cancellationToken);
    }

    private async ValueTask<GraphQLError?> SealAsync(
        DistrictId district, AuditEntry? seen, string[]? denied, CancellationToken ct)
    {
        try
        {
            var refusal = denied is null ? Task.CompletedTask : DeniedAsync(denied, ct);
            if (seen is not null) await trail.WriteAsync(district, seen, ct).ConfigureAwait(false);
            await refusal.ConfigureAwait(false);
            return null;
        }
        catch (Exception failure) when (failure is AuditException or OperationCanceledException)
        {
            if (failure is AuditException) Unwritten(log, failure.InnerException?.GetType().Name);
            return new GraphQLError(NotWritten.Message) { Code = NotWritten.Code };
        }
    }

    private static string[]? DeniedIn(IReadOnlyList<GraphQLError> errors)
    {
        var places = errors.Where(error => error.Code == Denied)
            .Select(error => error.Coordinate ?? "the request").Distinct(StringComparer.Ordinal)
            .Take(MostPlaces).ToArray();
        return places.Length == 0 ? null : places;
    }

    /// <summary>What was noted, which is then forgotten.</summary>
    private AuditEntry Taken(string action, Disclosure? disclosed = null)
    {
        var seen = Distinct(students);
        var kind = disclosed is null ? AuditKind.Read : AuditKind.Disclosure;
        var entry = new AuditEntry(kind, seen.Length >= settings.BulkStudents ? $"{action}.bulk" : action, Via)
        {
            At = time.GetUtcNow(),
            Actor = scope.Viewer.Id,
            RequestId = RequestId(),
            Purpose = Purpose,
            FieldGroups = rules.WordsOf(groups),
            Students = seen,
            Others = Distinct(others),
            Detail = disclosed?.Write(),
        };
        groups = 0;
        return entry;
    }

    private static Guid[] Distinct(List<Guid> ids)
    {
        ids.Sort();
        var kept = 0;
        for (var i = 0; i < ids.Count; i++)
        {
            if (i == 0 || ids[i] != ids[i - 1]) ids[kept++] = ids[i];
        }

        var distinct = new Guid[kept];
        ids.CopyTo(0, distinct, 0, kept);
        ids.Clear();
        return distinct;
    }

    [LoggerMessage(1, LogLevel.Error, "An access record could not be written ({Exception}); its answer was withheld")]
    private static partial void Unwritten(ILogger logger, string? exception);
}
