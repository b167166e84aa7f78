using System.Globalization;
using System.Security.Claims;
using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Who asks: a name for the log, the district, and what the person may do, each how far.</summary>
public sealed class Viewer
{
    private const string PermissionClaim = "k12hub:permission";
    private const string DistrictClaim = "k12hub:district";
    private const string Scheme = "K12Hub";

    private readonly Dictionary<string, Reach> reaches;
    private ClaimsPrincipal? principal;

    private Viewer(string? id, DistrictId? district, Dictionary<string, Reach> reaches) =>
        (Id, District, this.reaches) = (id, district, reaches);

    /// <summary>Somebody who did not sign in: no district, no permission.</summary>
    public static Viewer Nobody { get; } = new(null, null, []);

    /// <summary>Id of the person or token, for events and logs; null when nobody signed in.</summary>
    public string? Id { get; }

    /// <summary>The district whose data the viewer sees; null when nobody signed in.</summary>
    public DistrictId? District { get; }

    /// <summary>Ids of private objects that are open to the viewer for some hours.</summary>
    public IReadOnlyList<Guid> Opened { get; private init; } = [];

    /// <summary>The permissions the viewer has, each with how far it goes.</summary>
    public IReadOnlyDictionary<string, Reach> Reaches => reaches;

    /// <summary>What reading for this viewer begins with; kept by <see cref="RowsContexts"/>.</summary>
    internal RowsShape? Shape { get; set; }

    /// <summary>Whether the viewer has a permission, however far it goes.</summary>
    public bool May(string permission) => reaches.ContainsKey(permission);

    /// <summary>How far a permission of the viewer goes.</summary>
    public Reach ReachOf(string permission) => reaches.GetValueOrDefault(permission, Reach.None);

    /// <summary>How far a permission of a principal goes; as <see cref="ReachOf(string)"/>, without making a viewer of
    /// it.</summary>
    internal static Reach ReachOf(ClaimsPrincipal principal, string permission) => principal switch
    {
        ViewerPrincipal { Viewer: var viewer } => viewer.ReachOf(permission),
        { Identity.IsAuthenticated: true } when principal.HasClaim(PermissionClaim, permission) => Reach.District,
        _ => Reach.None,
    };

    /// <summary>Somebody who signed in.</summary>
    /// <param name="id">Id of the person or token, for events and logs.</param>
    /// <param name="district">The district.</param>
    /// <param name="reaches">How far each permission goes.</param>
    /// <param name="opened">Private objects that are open to the viewer.</param>
    public static Viewer Of(
        string id, DistrictId district, IEnumerable<KeyValuePair<string, Reach>> reaches,
        params IEnumerable<Guid> opened)
    {
        ArgumentNullException.ThrowIfNull(reaches);
        var all = new Dictionary<string, Reach>(StringComparer.Ordinal);
        foreach (var (permission, reach) in reaches.Where(one => one.Value.Kind != ReachKind.None))
        {
            all[permission] = all.TryGetValue(permission, out var other) ? other.And(reach) : reach;
        }

        return new(id, district, all) { Opened = [.. opened] };
    }

    /// <summary>Whether another viewer is the same person or program and may do just the same.</summary>
    /// <param name="other">The other.</param>
    public bool MaySameAs(Viewer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Id, District) == (other.Id, other.District) && Opened.Order().SequenceEqual(other.Opened.Order())
            && reaches.Count == other.reaches.Count
            && reaches.All(one => one.Value.Covers(other.ReachOf(one.Key)) && other.ReachOf(one.Key).Covers(one.Value));
    }

    /// <summary>The same viewer, if a private object were open to it.</summary>
    internal Viewer With(Guid? opened) => opened is { } id
        ? new(Id, District, reaches) { Opened = [.. Opened, id] }
        : this;

    /// <summary>The principal that stands for the viewer; an anonymous one when nobody signed in.</summary>
    public ClaimsPrincipal ToPrincipal() => principal ??= MakePrincipal();

    private ClaimsPrincipal MakePrincipal()
    {
        if (Id is not { } id || District is not { } district) return new ClaimsPrincipal();

        // What is limited is no claim: a principal made anew of the claims would have lost the limits.
        var claims = Claims(id, district, reaches.Where(one => one.Value.IsDistrict).Select(one => one.Key));
        return new ViewerPrincipal(this, new ClaimsIdentity(claims, Scheme));
    }

    /// <summary>A principal who may do some things in the whole district.</summary>
    /// <param name="id">Id of the person or token.</param>
    /// <param name="district">The district.</param>
    /// <param name="permissions">Names of permissions.</param>
    public static ClaimsPrincipal Principal(string id, DistrictId district, IEnumerable<string> permissions)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        return new ClaimsPrincipal(new ClaimsIdentity(Claims(id, district, permissions), Scheme));
    }

    private static IEnumerable<Claim> Claims(string id, DistrictId district, IEnumerable<string> permissions) =>
        permissions.Select(permission => new Claim(PermissionClaim, permission))
            .Append(new Claim(ClaimTypes.NameIdentifier, id))
            .Append(new Claim(DistrictClaim, district.Value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A program that reads for somebody else, by what a connector knows of it.</summary>
    /// <param name="id">Its id, for logs.</param>
    /// <param name="district">The district's number.</param>
    /// <param name="permissions">Names of permissions.</param>
    public static Viewer OfClient(string id, short district, IEnumerable<string> permissions) =>
        new(id, new DistrictId(district), Everywhere(permissions));

    /// <summary>The viewer a principal stands for; <see cref="Nobody"/> when nobody signed in.</summary>
    public static Viewer Of(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        if (principal is ViewerPrincipal known) return known.Viewer;
        if (principal.Identity?.IsAuthenticated != true)
        {
            return Nobody;
        }

        var district = principal.FindFirst(DistrictClaim)?.Value;
        return new Viewer(
            principal.FindFirst(ClaimTypes.NameIdentifier)?.Value,
            short.TryParse(district, CultureInfo.InvariantCulture, out var number) ? new DistrictId(number) : null,
            Everywhere(principal.FindAll(PermissionClaim).Select(claim => claim.Value)));
    }

    private static Dictionary<string, Reach> Everywhere(IEnumerable<string> permissions) =>
        permissions.Distinct().ToDictionary(permission => permission, _ => Reach.District, StringComparer.Ordinal);

    /// <summary>A principal that knows its viewer: how far permissions go fits in no claim.</summary>
    private sealed class ViewerPrincipal(Viewer viewer, ClaimsIdentity identity) : ClaimsPrincipal(identity)
    {
        public Viewer Viewer => viewer;
    }
}
