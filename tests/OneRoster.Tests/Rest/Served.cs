using System.Collections.Concurrent;
using System.Text.Json;
using K12Hub.Contracts;
using K12Hub.District;
using K12Hub.District.Serving;
using K12Hub.OneRoster.Rest.Access;

namespace K12Hub.OneRoster.Tests.Rest;

/// <summary>A generated district behind a real server, read by the client.</summary>
internal sealed class Served : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<(string, int), Lazy<Task<IReadOnlyList<string>>>> truths = new();

    private readonly RestServer server;
    private readonly string version;

    private Served(RestServer server, string version) => (this.server, this.version) = (server, version);

    public RestServer Server => server;

    public InstantTime Time { get; } = new(DateTimeOffset.UtcNow);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Served> StartAsync(string version, params string[] faults) =>
        await StartAsync(version, 0, faults);

    public static async Task<Served> StartAsync(string version, int students) => new(
        await RestServer.StartAsync(new(new DistrictPlan(students)), Ct), version);

    public static async Task<Served> StartAsync(string version, int day, string[] faults) => new(
        await RestServer.StartAsync(new(Plan(day)) { Faults = Faults.Parse(faults) }, Ct), version);

    public static async Task<Served> PagesAsync(string version, string folder) => new(
        await RestServer.StartAsync(new(Plan(0)) { Pages = folder }, Ct), version);

    /// <summary>The records of the district, as its files have them.</summary>
    public static Task<IReadOnlyList<string>> TruthAsync(string version, int day = 0) =>
        truths.GetOrAdd((version, day), key => new(() => FilesAsync(key.Item1, key.Item2))).Value;

    /// <summary>Settings of the source: small pages, so that there are many.</summary>
    public RestSourceSettings Settings(AuthStyle auth = AuthStyle.Form, int pageSize = 100, int parallel = 1,
        bool demographics = true, Dictionary<string, string>? roleWords = null, string profile = "standard",
        int maxRequests = 20_000, string? scopes = null, string secret = RestServer.Secret) => new()
    {
        BaseUrl = version == "1.1" ? server.Base11 : server.Base12,
        TokenUrl = server.TokenUrl,
        Profile = profile,
        Auth = auth,
        ClientId = RestServer.Id,
        ClientSecret = secret,
        Token = RestServer.StaticToken,
        AllowLoopback = true,
        PageSize = pageSize,
        Parallel = parallel,
        Demographics = demographics,
        RoleWords = roleWords ?? [],
        MaxRequests = maxRequests,
        Scopes = scopes,
    };

    public Task<ReadPackage> ReadAsync(RestSourceSettings? settings = null, RestReading? reading = null,
        OneRosterSettings? limits = null) => ReadPackage.OfSourceAsync(findings => OneRosterRest.OpenAsync(
            settings ?? Settings(), limits ?? new(), reading ?? new(), findings, Time, Ct));

    /// <summary>Reads until all people are there, then stops as a program does that is killed.</summary>
    public async Task<IReadOnlyList<UserRecord>> CutOffAfterUsersAsync(string folder)
    {
        var opening = await OneRosterRest.OpenAsync(
            Settings(), new(), new(folder), new CollectedFindings(), Time, Ct);
        await using var source = opening.Source!;
        var users = new List<UserRecord>();
        await foreach (var user in source.Users(Ct)) users.Add(user);

        return users;
    }

    /// <summary>Records as text, so that two sources can be compared: without what only one of them has.</summary>
    public static IReadOnlyList<string> Texts(IEnumerable<RosterRecord> records) =>
        [.. records.SelectMany(Plain).Select(r => $"{r.GetType().Name} {JsonSerializer.Serialize(r, r.GetType())}")
            .Order(StringComparer.Ordinal)];

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static DistrictPlan Plan(int day) => new(150, Day: day);

    private static IEnumerable<RosterRecord> Plain(RosterRecord record)
    {
        record = record with { Line = 0, DateLastModified = null };
        if (record is RoleRecord role)
            return [role with { SourcedId = $"{role.UserSourcedId}|{role.Role}|{role.OrgSourcedId}" }];
        if (record is not UserRecord user) return [record];

        return [user with { Roles = [] }, .. user.Roles.SelectMany(Plain)];
    }

    private static async Task<IReadOnlyList<string>> FilesAsync(string version, int day)
    {
        var path = Path.Combine(Path.GetTempPath(), $"k12hub-{Guid.NewGuid():N}.zip");
        try
        {
            await OneRosterCsvWriter.WriteZipAsync(Plan(day), version, path, Ct);

            return Texts((await ReadPackage.OfAsync(path)).Records);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
