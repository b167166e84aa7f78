using System.Runtime.CompilerServices;
using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;
using K12Hub.OneRoster.Records;
using K12Hub.OneRoster.Rest.Access;
using K12Hub.OneRoster.Rest.Walking;
using K12Hub.OneRoster.Rest.Wire;

namespace K12Hub.OneRoster.Rest;

/// <summary>What a REST source is made of.</summary>
/// <param name="Client">Asks for pages.</param>
/// <param name="Profile">How it behaves.</param>
/// <param name="Abilities">What it can.</param>
/// <param name="Folder">Where pages are kept.</param>
/// <param name="Pauses">How long to wait.</param>
/// <param name="Tables">The collections that are asked for.</param>
/// <param name="Limits">How much may come.</param>
internal sealed record RestParts(RestClient Client, SourceProfile Profile, SourceAbilities Abilities,
    SpoolFolder Folder, Pauses Pauses, IReadOnlyList<WireTable> Tables, OneRosterSettings Limits);

/// <summary>A roster read over HTTP. All collections are walked in the background, as many at a time as the profile
/// allows; each is handed out when it is there completely, so that half a collection is never taken for a whole
/// one.</summary>
internal sealed class RestSource : IRosterSource
{
    private const int RowsPerLook = 1_024;

    private readonly RestParts parts;
    private readonly IRosterFindings findings;
    private readonly References references;
    private readonly Dictionary<string, CollectionMode> modes;
    private readonly Dictionary<string, (long Read, long Rejected)> counts = [];
    private readonly Dictionary<string, Spool> spools = [];
    private readonly Dictionary<string, Task<WalkEnd>> walks = [];
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim gate;
    private readonly HashSet<string> handedOut = [];
    private bool sawRoles, sawRole;

    public RestSource(RestParts parts, IRosterFindings findings)
    {
        (this.parts, this.findings) = (parts, findings);
        gate = new(parts.Profile.Parallel);
        var asked = parts.Abilities.Since is null ? CollectionMode.Bulk : CollectionMode.Delta;
        modes = RosterCollections.All.ToDictionary(name => name, name =>
            parts.Tables.Any(table => table.Collection == name) ? asked : CollectionMode.Absent);
        references = new(name => spools[name], name => walks.ContainsKey(name) ? modes[name] : CollectionMode.Absent,
            findings);
    }

    /// <summary>By the shape of the people that came; a path says little about it.</summary>
    public string Format => (sawRoles, sawRole) switch
    {
        (true, _) => "OneRoster REST 1.2",
        (_, true) => "OneRoster REST 1.1",
        _ => parts.Profile.Version is OneRosterVersion.V11 ? "OneRoster REST 1.1" : "OneRoster REST 1.2",
    };

    public string Origin => RestAddress.Shown(parts.Profile.Base);

    public IReadOnlyDictionary<string, CollectionMode> Modes => modes;

    public (long Read, long? Total) Progress => (parts.Client.Bytes, null);

    public RosterFinding? Rejection { get; private set; }

    /// <summary>Findings name endpoints.</summary>
    public string NameOf(string collection) => collection;

    public (long Read, long Rejected) RowsOf(string collection) => counts.GetValueOrDefault(collection);

    public IAsyncEnumerable<OrgRecord> Orgs(CancellationToken ct) =>
        Rows(RosterCollections.Orgs, OrgFile.Read, references.Fix, ct);

    public IAsyncEnumerable<AcademicSessionRecord> AcademicSessions(CancellationToken ct) =>
        Rows(RosterCollections.AcademicSessions, AcademicSessionFile.Read, references.Fix, ct);

    public IAsyncEnumerable<CourseRecord> Courses(CancellationToken ct) =>
        Rows(RosterCollections.Courses, CourseFile.Read, references.Fix, ct);

    public IAsyncEnumerable<ClassRecord> Classes(CancellationToken ct) =>
        Rows(RosterCollections.Classes, ClassFile.Read, references.Fix, ct);

    public IAsyncEnumerable<UserRecord> Users(CancellationToken ct) =>
        Rows(RosterCollections.Users, UserFile.ReadSent, references.Fix, ct);

    public async IAsyncEnumerable<RoleRecord> Roles([EnumeratorCancellation] CancellationToken ct)
    {
        await ValueTask.CompletedTask;
        ct.ThrowIfCancellationRequested();
        yield break;
    }

    public IAsyncEnumerable<EnrollmentRecord> Enrollments(CancellationToken ct) =>
        Rows(RosterCollections.Enrollments, EnrollmentFile.Read, references.Fix, ct);

    public IAsyncEnumerable<DemographicsRecord> Demographics(CancellationToken ct) =>
        Rows(RosterCollections.Demographics, DemographicsFile.Read, references.Fix, ct);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(walks.Values.Select(walk => Task.WhenAny(walk)));
        foreach (var spool in spools.Values) spool.Dispose();
        parts.Folder.End(isDone: Rejection is null && handedOut.Count == parts.Tables.Count);
        parts.Client.Dispose();
        gate.Dispose();
        stop.Dispose();
    }

    private async IAsyncEnumerable<T> Rows<T>(string collection, Func<Row, T?> toRecord, Func<T, T> fix,
        [EnumeratorCancellation] CancellationToken ct) where T : RosterRecord
    {
        ct.ThrowIfCancellationRequested();
        if (Rejection is not null || modes[collection] is CollectionMode.Absent) yield break;
        if (!await ArrivedAsync(collection, ct)) yield break;

        var table = WireTable.Of(collection);
        var cells = new SpooledCells(spools[collection].Mark.Sent);
        var row = new Row(cells, collection, table.Columns, findings);
        NoteShape(table, cells);
        var (read, rejected) = (0L, counts.GetValueOrDefault(collection).Rejected);
        foreach (var (bytes, start, line) in spools[collection].Rows())
        {
            if (read++ % RowsPerLook == 0) ct.ThrowIfCancellationRequested();
            cells.Take(bytes, start, table.Columns.All.Count, line);
            row.Begin();
            var record = toRecord(row);
            if (record is null) rejected++;
            counts[collection] = (read, rejected);
            if (record is not null) yield return fix(record);
        }

        references.Tell(collection);
        await HandedOutAsync(collection);
    }

    /// <summary>Waits until a collection is there; false when it will not come.</summary>
    private async ValueTask<bool> ArrivedAsync(string collection, CancellationToken ct)
    {
        if (walks.Count == 0) BeginAll();
        var end = await walks[collection].WaitAsync(ct);
        foreach (var note in end.Notes) findings.Add(note);
        counts[collection] = (0, end.Notes.Count(note => note.Effect is FindingEffect.RowRejected));
        if (end.Refusal is { } refusal)
        {
            Rejection = refusal;
            await stop.CancelAsync();
            return false;
        }

        modes[collection] = end.Mode;
        if (end.Mode is not CollectionMode.Absent) return true;
        await HandedOutAsync(collection);
        if (parts.Tables.All(table => modes[table.Collection] is CollectionMode.Absent))
        {
            Rejection = OneRosterRules.RestNothing.Broken(
                "The source lets us read nothing at all. Check the rights of this program there, and the address.");
        }

        return false;
    }

    private void BeginAll()
    {
        foreach (var table in parts.Tables)
        {
            var spool = spools[table.Collection] = Spool.Open(parts.Folder.Path, table.Collection);
            var walk = new CollectionWalk(table, parts.Client, parts.Profile, parts.Abilities, spool, parts.Pauses,
                parts.Limits);
            walks[table.Collection] = BeginAsync(walk, stop.Token);
        }
    }

    private async Task<WalkEnd> BeginAsync(CollectionWalk walk, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            // Away from whoever reads: it must not wait for pages it has not asked for.
            await Task.Yield();
            return await walk.RunAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    private void NoteShape(WireTable table, SpooledCells cells)
    {
        if (table.Collection != RosterCollections.Users) return;
        sawRoles = cells.PositionOf(table.Columns.All.First(column => column.Name == "roles")) >= 0;
        sawRole = cells.PositionOf(table.Columns.All.First(column => column.Name == "role")) >= 0;
    }

    private async ValueTask HandedOutAsync(string collection)
    {
        handedOut.Add(collection);
        if (handedOut.Count < parts.Tables.Count) return;
        await Task.WhenAll(walks.Values);
        findings.Add(OneRosterRules.RestRequests.Broken(
            $"{parts.Client.Requests} requests were made, {parts.Client.Fruitless} of them in vain."));
    }
}
