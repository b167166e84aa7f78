using System.ComponentModel.DataAnnotations;

namespace K12Hub.Accounts;

/// <summary>Which rules of its own a provider has.</summary>
public enum SignInProviderKind
{
    /// <summary>None besides those of OpenID Connect.</summary>
    Standard,

    /// <summary>Google: the claim <c>hd</c> says whose workspace somebody is of.</summary>
    Google,

    /// <summary>Microsoft: the issuer is one tenant's.</summary>
    Microsoft,

    /// <summary>ClassLink: people start there, without anything of ours.</summary>
    ClassLink,

    /// <summary>Clever: as ClassLink; the claim <c>district</c> says whose district somebody is of.</summary>
    Clever,
}

/// <summary>A provider that people sign in with, by OpenID Connect.</summary>
public sealed class SignInProvider : IValidatableObject
{
    private static readonly string[] NoTenants = ["common", "organizations", "consumers"];

    /// <summary>Which rules of its own it has.</summary>
    public SignInProviderKind Kind { get; init; }

    /// <summary>What people see on the button.</summary>
    [Required]
    public string Label { get; init; } = "";

    /// <summary>The issuer, to the letter as its tokens name it.</summary>
    [Required, Url]
    public string Issuer { get; init; } = "";

    /// <summary>Our id there.</summary>
    [Required]
    public string ClientId { get; init; } = "";

    /// <summary>File with our secret there; the secret stands in no setting.</summary>
    public string? ClientSecretFile { get; init; }

    /// <summary>What the tokens must say: the workspace's domains of Google (<c>hd</c>), the tenant of Microsoft
    /// (<c>tid</c>), the district of Clever (<c>district</c>).</summary>
    public IReadOnlyList<string> Belongs { get; init; } = [];

    /// <summary>Whether the provider asks everybody for a second factor, so that we ask for none. Without it a token
    /// that says so itself (<c>amr</c> with <c>mfa</c>) is believed.</summary>
    public bool AsksForSecondFactor { get; init; }

    /// <summary>Whether it is in a network of our own: addresses of private networks may then be asked.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>The claim that says whose somebody is; null where none does.</summary>
    internal string? BelongingClaim => Kind switch
    {
        SignInProviderKind.Google => "hd",
        SignInProviderKind.Microsoft => "tid",
        SignInProviderKind.Clever => "district",
        _ => null,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BelongingClaim is { } claim && Belongs.Count == 0)
        {
            yield return new ValidationResult($"Belongs says nothing: which values of {claim} are ours?");
        }

        if (Kind is SignInProviderKind.Microsoft && NoTenants.Any(word => Issuer.Contains($"/{word}/")))
        {
            yield return new ValidationResult("Issuer is that of every tenant: name the one of the district.");
        }

        if (Uri.TryCreate(Issuer, UriKind.Absolute, out var address) && address.Scheme != "https"
            && !address.IsLoopback)
        {
            yield return new ValidationResult("Issuer must be https.");
        }
    }
}
