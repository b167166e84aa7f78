using Microsoft.AspNetCore.DataProtection;

namespace K12Hub.Accounts;

/// <summary>Closes secrets that must be opened again, under the keys of Data Protection.</summary>
internal sealed class SecretBox(IDataProtectionProvider provider, AccountsSettings settings)
{
    private readonly IDataProtector protector =
        provider.CreateProtector("K12Hub.Accounts", $"district {settings.District}", "secrets");

    public string Close(string secret) => protector.Protect(secret);

    public string Open(string closed) => protector.Unprotect(closed);
}
