using System.ComponentModel.DataAnnotations;
using K12Hub.OneRosterProvider.Access;

namespace K12Hub.OneRosterProvider;

/// <summary>Who may read the roster over OneRoster, and how much of it at a time. Nobody may, and there is no address
/// for it, until a client is named.</summary>
public sealed class ProviderSettings : IValidatableObject
{
    /// <summary>Clients by the ids they show.</summary>
    public Dictionary<string, ProviderClientSettings> Clients { get; init; } = [];

    /// <summary>The address others reach this program at, where it is not the one they send: behind a proxy that ends
    /// TLS, <c>https://hub.example</c>. Links and references begin with it.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Most rows of one page; 100 to 50,000. Who asks for more gets so many.</summary>
    [Range(100, 50_000)]
    public int MaxPageRows { get; init; } = 10_000;

    /// <summary>How long a token is good, in minutes; 5 to 1,440.</summary>
    [Range(5, 1_440)]
    public int TokenMinutes { get; init; } = 60;

    /// <summary>Tokens that one client may ask for in a minute, and wrong secrets from one address; 1
    /// to 1,000.</summary>
    [Range(1, 1_000)]
    public int TokensPerMinute { get; init; } = 30;

    /// <summary>Requests of one client in a minute; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int RequestsPerMinute { get; init; } = 1_200;

    /// <summary>Requests that are answered at the same time; 1 to 64. Others wait a little and are then told to come
    /// back.</summary>
    [Range(1, 64)]
    public int RequestsAtOnce { get; init; } = 4;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicUrl is { } address && !IsAddress(address))
            yield return new("Provider: PublicUrl is no address such as https://hub.example.");

        foreach (var (name, client) in Clients)
        {
            // It is part of every token, before the first dot.
            if (name.Length is 0 or > 40 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
                yield return new($"Client {name}: a name has 1 to 40 letters, digits, - and _.");
            var problems = new List<ValidationResult>();
            Validator.TryValidateObject(client, new(client), problems, validateAllProperties: true);
            foreach (var problem in problems) yield return new($"Client {name}: {problem.ErrorMessage}");
        }
    }

    private static bool IsAddress(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url)
        && url is { Scheme: "https" or "http", PathAndQuery: "/", UserInfo: "" };
}

/// <summary>A client that may read.</summary>
public sealed class ProviderClientSettings : IValidatableObject
{
    /// <summary>SHA-256 of its secret, in hexadecimal digits. The secret is random and long: nobody can guess
    /// it from this.</summary>
    [Required, RegularExpression("[0-9a-fA-F]{64}", ErrorMessage = "SecretHash is no SHA-256 in 64 digits.")]
    public string SecretHash { get; init; } = "";

    /// <summary>What it may read, by the standard's scopes without their prefix, separated by blanks.</summary>
    [Required]
    public string Scopes { get; init; } = Scope.Core.Word;

    /// <summary>Whom what it reads is disclosed to, for the records of disclosures; null for the client's
    /// name.</summary>
    [StringLength(200)]
    public string? Party { get; init; }

    /// <summary>The legitimate interest the party has in it.</summary>
    [StringLength(200)]
    public string Interest { get; init; } = "";

    /// <summary>Why it may be disclosed: schoolOfficial, consent, directoryInformation, otherSchool, audit, study,
    /// order, emergency or other.</summary>
    [RegularExpression(
        "schoolOfficial|consent|directoryInformation|otherSchool|audit|study|order|emergency|other",
        ErrorMessage = "Basis is none of the words for it.")]
    public string Basis { get; init; } = "schoolOfficial";

    /// <summary>Whether e-mail addresses and telephone numbers are among what it reads. Of a client whose basis is
    /// directory information the district's categories say so instead.</summary>
    public bool Contact { get; init; } = true;

    /// <summary>The district's number; 1 to 32,767.</summary>
    [Range(1, short.MaxValue)]
    public short District { get; init; } = 1;

    /// <summary>Key of the source whose records it reads: keys of two sources may be the same.</summary>
    [Required, RegularExpression("[0-9a-z_-]{1,40}")]
    public string Source { get; init; } = "sis";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Scope.Parse(Scopes) is not { Count: > 0 } granted || granted.Contains(null))
            yield return new($"Scopes are some of {string.Join(' ', Scope.All.Select(scope => scope.Word))}.");
    }
}
