using System.Text.Json;
using System.Text.Json.Serialization;
using K12Hub.OneRoster.Rest.Access;

namespace K12Hub.OneRoster;

/// <summary>How a vendor's systems behave, as data: one entry of <c>profiles.json</c>, with what the settings of a
/// source say instead.</summary>
internal sealed record SourceProfile
{
    public const string Standard = "standard";

    private const string Prefix = "https://purl.imsglobal.org/spec/or/";

    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Lazy<IReadOnlyList<SourceProfile>> all = new(Load);

    public required string Name { get; init; }

    /// <summary>How it wants to know who asks.</summary>
    public AuthStyle Auth { get; init; } = AuthStyle.Basic;

    /// <summary>Where tokens are given out: <c>{origin}</c> is scheme and host, <c>{first}</c> the first part of the
    /// path. Null when only the district can know.</summary>
    public string? TokenUrl { get; init; }

    /// <summary>Rows to ask for at once.</summary>
    public int PageSize { get; init; } = 1_000;

    /// <summary>Least time between two requests, in milliseconds.</summary>
    public int SpacingMs { get; init; }

    /// <summary>Collections to read at the same time.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Whether it is asked for an order; without one pages may overlap.</summary>
    public bool Sort { get; init; } = true;

    /// <summary>Whether it is asked to send only what is read.</summary>
    public bool Fields { get; init; }

    /// <summary>Whether it can be asked for changes only.</summary>
    public bool Delta { get; init; } = true;

    /// <summary>Paths of collections, where they are not the standard's names.</summary>
    public IReadOnlyDictionary<string, string> Paths { get; init; } = new Dictionary<string, string>();

    [JsonIgnore]
    public string Base { get; private init; } = "";

    [JsonIgnore]
    public OneRosterVersion Version { get; private init; }

    [JsonIgnore]
    public IReadOnlyList<string> Scopes { get; private init; } = [];

    [JsonIgnore]
    public IReadOnlyDictionary<string, string> RoleWords { get; private init; } = new Dictionary<string, string>();

    /// <summary>All names, for people.</summary>
    public static string Names => string.Join(", ", all.Value.Select(profile => profile.Name));

    public static SourceProfile? Find(string name) =>
        all.Value.FirstOrDefault(profile => profile.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The profile of a source.</summary>
    public static SourceProfile Of(RestSourceSettings settings)
    {
        var profile = Find(settings.Profile) ?? Find(Standard)!;
        var (address, version) = BaseOf(settings);

        return profile with
        {
            Auth = settings.Auth ?? profile.Auth,
            TokenUrl = settings.TokenUrl ?? Filled(profile.TokenUrl, address),
            PageSize = settings.PageSize ?? profile.PageSize,
            SpacingMs = settings.SpacingMs ?? profile.SpacingMs,
            Parallel = settings.Parallel ?? profile.Parallel,
            Base = address,
            Version = version,
            Scopes = ScopesOf(settings, version),
            RoleWords = new Dictionary<string, string>(settings.RoleWords, StringComparer.OrdinalIgnoreCase),
        };
    }

    public string PathOf(string collection) => Paths.GetValueOrDefault(collection, collection);

    /// <summary>People paste the address with or without the standard's path.</summary>
    private static (string, OneRosterVersion) BaseOf(RestSourceSettings settings)
    {
        var address = settings.BaseUrl.TrimEnd('/');
        var says11 = address.Contains("v1p1", StringComparison.OrdinalIgnoreCase);
        var says = says11 || address.Contains("v1p2", StringComparison.OrdinalIgnoreCase);
        var version = says11 || (!says && settings.Version == "1.1") ? OneRosterVersion.V11 : OneRosterVersion.V12;
        var tail = version is OneRosterVersion.V11 ? "/ims/oneroster/v1p1" : "/ims/oneroster/rostering/v1p2";
        var complete = says || address.Contains("/ims/oneroster", StringComparison.OrdinalIgnoreCase)
            || address.Contains("/learningdata/", StringComparison.OrdinalIgnoreCase);

        return (complete ? address : address + tail, version);
    }

    private static string? Filled(string? pattern, string address)
    {
        if (pattern is null) return null;
        var url = RestAddress.Of(address);

        return pattern.Replace("{origin}", url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("{first}", url.AbsolutePath.Split('/').ElementAtOrDefault(1) ?? "", StringComparison.Ordinal);
    }

    private static string[] ScopesOf(RestSourceSettings settings, OneRosterVersion version)
    {
        if (settings.Scopes is { } own) return own.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var prefix = Prefix + (version is OneRosterVersion.V11 ? "v1p1" : "v1p2") + "/scope/";
        string[] core = [prefix + "roster-core.readonly"];

        return settings.Demographics ? [.. core, prefix + "roster-demographics.readonly"] : core;
    }

    private static List<SourceProfile> Load()
    {
        using var file = typeof(SourceProfile).Assembly.GetManifestResourceStream("K12Hub.OneRoster.profiles.json")!;

        return JsonSerializer.Deserialize<List<SourceProfile>>(file, json)!;
    }
}
