using System.Globalization;
using System.Security.Claims;
using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Who asks: a name for the log, the district, and what the person may do.</summary>
public sealed class Viewer
{
    private const string PermissionClaim = "k12hub:permission";
    private const string DistrictClaim = "k12hub:district";
    private const string Scheme = "K12Hub";

    private readonly HashSet<string> permissions;

    private Viewer(string? id, DistrictId? district, IEnumerable<string> permissions)
    {
        (Id, District) = (id, district);
        this.permissions = permissions.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Somebody who did not sign in: no district, no permission.</summary>
    public static Viewer Nobody { get; } = new(null, null, []);

    /// <summary>Id of the person or token, for events and logs; null when nobody signed in.</summary>
    public string? Id { get; }

    /// <summary>The district whose data the viewer sees; null when nobody signed in.</summary>
    public DistrictId? District { get; }

    /// <summary>Whether the viewer has a permission.</summary>
    public bool May(string permission) => permissions.Contains(permission);

    /// <summary>Whether a principal has a permission; as <see cref="May"/>, without making a viewer of it.</summary>
    internal static bool Has(ClaimsPrincipal principal, string permission) =>
        principal.Identity?.IsAuthenticated == true && principal.HasClaim(PermissionClaim, permission);

    /// <summary>A principal that says the same.</summary>
    /// <param name="id">Id of the person or token.</param>
    /// <param name="district">The district.</param>
    /// <param name="permissions">Names of permissions.</param>
    public static ClaimsPrincipal Principal(string id, DistrictId district, IEnumerable<string> permissions)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        var claims = permissions.Select(permission => new Claim(PermissionClaim, permission))
            .Append(new Claim(ClaimTypes.NameIdentifier, id))
            .Append(new Claim(DistrictClaim, district.Value.ToString(CultureInfo.InvariantCulture)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme));
    }

    /// <summary>A program that reads for somebody else, by what a connector knows of it.</summary>
    /// <param name="id">Its id, for logs.</param>
    /// <param name="district">The district's number.</param>
    /// <param name="permissions">Names of permissions.</param>
    public static Viewer OfClient(string id, short district, IEnumerable<string> permissions) =>
        new(id, new DistrictId(district), permissions);

    /// <summary>The principal that stands for the viewer; an anonymous one when nobody signed in.</summary>
    public ClaimsPrincipal ToPrincipal() =>
        Id is { } id && District is { } district ? Principal(id, district, permissions) : new ClaimsPrincipal();

    /// <summary>The viewer a principal stands for; <see cref="Nobody"/> when nobody signed in.</summary>
    public static Viewer Of(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        if (principal.Identity?.IsAuthenticated != true)
        {
            return Nobody;
        }

        var district = principal.FindFirst(DistrictClaim)?.Value;
        return new Viewer(
            principal.FindFirst(ClaimTypes.NameIdentifier)?.Value,
            short.TryParse(district, CultureInfo.InvariantCulture, out var number) ? new DistrictId(number) : null,
            principal.FindAll(PermissionClaim).Select(claim => claim.Value));
    }
}
