using K12Hub.Contracts;

namespace K12Hub.OneRoster.Tests;

/// <summary>All that comes out of a package, for a test to look at.</summary>
internal sealed class ReadPackage
{
    private readonly CollectedFindings findings = new();

    public IReadOnlyList<RosterFinding> Findings => findings.Kept;

    public List<RosterFinding> Refusals { get; } = [];

    public List<RosterRecord> Records { get; } = [];

    public Dictionary<string, (long Read, long Rejected)> Rows { get; } = [];

    public string? Format { get; private set; }

    public IReadOnlyDictionary<string, CollectionMode>? Modes { get; private set; }

    /// <summary>Rules of all findings, refusals included, each once, in order of name.</summary>
    public IEnumerable<string> Rules => findings.Counts.Select(c => c.Rule)
        .Concat(Refusals.Select(r => r.Rule)).Distinct().Order(StringComparer.Ordinal);

    public T One<T>(string sourcedId) where T : RosterRecord =>
        Assert.Single(Records.OfType<T>(), r => r.SourcedId == sourcedId);

    public static async Task<ReadPackage> OfZipAsync(byte[] zip, OneRosterSettings? settings = null)
    {
        var path = Path.Combine(Path.GetTempPath(), $"k12hub-{Guid.NewGuid():N}.zip");
        await File.WriteAllBytesAsync(path, zip, TestContext.Current.CancellationToken);
        try
        {
            return await OfAsync(path, settings);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static Task<ReadPackage> OfAsync(string path, OneRosterSettings? settings = null) =>
        OfSourceAsync(findings => OneRosterCsv.OpenAsync(
            path, settings ?? new(), findings, TestContext.Current.CancellationToken));

    public static async Task<ReadPackage> OfSourceAsync(Func<IRosterFindings, ValueTask<RosterOpening>> open)
    {
        var ct = TestContext.Current.CancellationToken;
        var read = new ReadPackage();
        var opening = await open(read.findings);
        read.Refusals.AddRange(opening.Rejections);
        Assert.Equal(opening.Source is null, opening.Rejections.Count > 0);
        if (opening.Source is not { } source) return read;

        await using (source) await read.TakeAsync(source, ct);

        return read;
    }

    private async Task TakeAsync(IRosterSource source, CancellationToken ct)
    {
        await AddAsync(source.Orgs(ct));
        await AddAsync(source.AcademicSessions(ct));
        await AddAsync(source.Courses(ct));
        await AddAsync(source.Users(ct));
        await AddAsync(source.Roles(ct));
        await AddAsync(source.Classes(ct));
        await AddAsync(source.Enrollments(ct));
        await AddAsync(source.Demographics(ct));
        (Format, Modes) = (source.Format, source.Modes);
        foreach (var collection in RosterCollections.All) Rows[collection] = source.RowsOf(collection);
        if (source.Rejection is { } rejection) Refusals.Add(rejection);
        else if (source.Progress.Total is { } total) Assert.Equal(total, source.Progress.Read);
    }

    private async Task AddAsync<T>(IAsyncEnumerable<T> records) where T : RosterRecord
    {
        await foreach (var record in records) Records.Add(record);
    }
}
