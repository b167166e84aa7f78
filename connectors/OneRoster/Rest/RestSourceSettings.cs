using System.ComponentModel.DataAnnotations;
using K12Hub.OneRoster.Rest.Access;
using Microsoft.Extensions.Configuration;

namespace K12Hub.OneRoster;

/// <summary>A student information system that answers OneRoster over HTTP. What is left out comes from the profile of
/// its vendor.</summary>
public sealed class RestSourceSettings : IValidatableObject
{
    /// <summary>Address, with or without the standard's path: <c>https://sis.example/ims/oneroster/v1p1</c>.</summary>
    [Required]
    public string BaseUrl { get; init; } = "";

    /// <summary>The vendor's profile; <c>standard</c> when it is none of those.</summary>
    public string Profile { get; init; } = SourceProfile.Standard;

    /// <summary>1.1 or 1.2, where the address does not say.</summary>
    [RegularExpression(@"1\.[12]")]
    public string? Version { get; init; }

    /// <summary>How it wants to know who asks; null for the profile's way.</summary>
    public AuthStyle? Auth { get; init; }

    /// <summary>Where tokens are given out; null for the profile's place.</summary>
    public string? TokenUrl { get; init; }

    /// <summary>Scopes to ask for, separated by blanks; null for those of the standard, empty for none at
    /// all.</summary>
    public string? Scopes { get; init; }

    /// <summary>Id of this program at the source.</summary>
    public string? ClientId { get; init; }

    /// <summary>Its secret.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>A file with the secret in it.</summary>
    [ConfigurationKeyName("ClientSecret_FILE")]
    public string? ClientSecretFile { get; init; }

    /// <summary>A token that does not change.</summary>
    public string? Token { get; init; }

    /// <summary>A file with the token in it.</summary>
    [ConfigurationKeyName("Token_FILE")]
    public string? TokenFile { get; init; }

    /// <summary>Whether to ask for demographics, and for the right to.</summary>
    public bool Demographics { get; init; }

    /// <summary>What the district's own words for roles mean: <c>Faculty</c> is <c>teacher</c>.</summary>
    public Dictionary<string, string> RoleWords { get; init; } = [];

    /// <summary>Rows to ask for at once, 1 to 100,000; null for the profile's number.</summary>
    [Range(1, 100_000)]
    public int? PageSize { get; init; }

    /// <summary>Least time between two requests, in milliseconds, 0 to 60,000; null for the profile's.</summary>
    [Range(0, 60_000)]
    public int? SpacingMs { get; init; }

    /// <summary>Collections to read at the same time, 1 to 7; null for the profile's number.</summary>
    [Range(1, 7)]
    public int? Parallel { get; init; }

    /// <summary>Whether the source may be on this machine, where TLS is not needed.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>Whether the source may be in a private network.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Longest time for making a connection, in seconds; 1 to 120.</summary>
    [Range(1, 120)]
    public int ConnectSeconds { get; init; } = 10;

    /// <summary>Longest time for one page, in seconds; 5 to 1,800.</summary>
    [Range(5, 1_800)]
    public int PageSeconds { get; init; } = 120;

    /// <summary>Longest page once unpacked, in megabytes; 1 to 4,096.</summary>
    [Range(1, 4_096)]
    public int MaxPageMegabytes { get; init; } = 256;

    /// <summary>Most requests of one run; 10 to 1,000,000.</summary>
    [Range(10, 1_000_000)]
    public int MaxRequests { get; init; } = 20_000;

    /// <summary>How old pages of a run that was cut off may be to be used by the next one, in hours; 0 to 48.</summary>
    [Range(0, 48)]
    public int ResumeHours { get; init; } = 6;

    internal long MaxPageBytes => MaxPageMegabytes * 1_048_576L;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url))
        {
            yield return new("BaseUrl is no address; it begins with https://.");
        }
        else if (url.UserInfo.Length > 0 || url.Query.Length > 0)
        {
            // It may hold a secret, so it is not repeated.
            yield return new("BaseUrl holds more than an address. Give id and secret as settings of their own.");
        }
        else if (!IsSafe(url))
        {
            yield return new($"BaseUrl {RestAddress.Shown(BaseUrl)} is not https. Without it others can read along.");
        }

        if (TokenUrl is not null && (!Uri.TryCreate(TokenUrl, UriKind.Absolute, out var token) || !IsSafe(token)))
            yield return new("TokenUrl is no address that begins with https://.");
        if (SourceProfile.Find(Profile) is null)
            yield return new($"Profile '{Profile}' is none of {SourceProfile.Names}.");
    }

    private bool IsSafe(Uri url) => url.Scheme == Uri.UriSchemeHttps
        || (url.Scheme == Uri.UriSchemeHttp && AllowLoopback && url.IsLoopback);
}
