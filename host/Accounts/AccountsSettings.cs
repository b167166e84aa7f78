using System.ComponentModel.DataAnnotations;

namespace K12Hub.Accounts;

/// <summary>How people sign in.</summary>
public sealed class AccountsSettings : IValidatableObject
{
    /// <summary>Number of the district whose people sign in here; 1 to 32,767.</summary>
    [Range(1, short.MaxValue)]
    public short District { get; init; } = 1;

    /// <summary>Whether everybody needs a second factor. Without one a password has at least 15 characters, not
    /// 8.</summary>
    public bool RequireSecondFactor { get; init; } = true;

    /// <summary>The address people see, for links and passkeys: <c>https://hub.lincoln.example</c>. Null for none: then
    /// links are paths and there are no passkeys.</summary>
    [Url]
    public string? PublicAddress { get; init; }

    /// <summary>Words that everybody here knows and that make no password: name of the district, mascots.</summary>
    public IReadOnlyList<string> KnownWords { get; init; } = [];

    /// <summary>Providers that people sign in with, by names that stand in addresses.</summary>
    public Dictionary<string, SignInProvider> Providers { get; init; } = [];

    /// <summary>After how long without a request one signs in anew; in minutes, 5 to 480.</summary>
    [Range(5, 480)]
    public int IdleMinutes { get; init; } = 30;

    /// <summary>After how long one signs in anew in any case; in hours, 1 to 12.</summary>
    [Range(1, 12)]
    public int SessionHours { get; init; } = 12;

    /// <summary>For how long whoever proved who they are may give out tokens and the like; in minutes, 1 to
    /// 15.</summary>
    [Range(1, 15)]
    public int ProofMinutes { get; init; } = 5;

    /// <summary>How long an invitation holds; in hours, 1 to 72.</summary>
    [Range(1, 72)]
    public int InvitationHours { get; init; } = 72;

    /// <summary>How long a new password may be chosen after somebody asked for it; in minutes, 5 to 60.</summary>
    [Range(5, 60)]
    public int ResetMinutes { get; init; } = 60;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Providers.Count > 0 && PublicAddress is null)
        {
            yield return new ValidationResult("Providers need PublicAddress: where they send people back to.");
        }

        foreach (var (name, provider) in Providers)
        {
            if (name.Length > 30 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
            {
                yield return new ValidationResult($"Providers:{name}: a name is letters, digits and hyphens.");
            }

            var found = new List<ValidationResult>();
            Validator.TryValidateObject(provider, new(provider), found, validateAllProperties: true);
            foreach (var problem in found)
            {
                yield return new ValidationResult($"Providers:{name}: {problem.ErrorMessage}");
            }
        }
    }
}
