using K12Hub.Hosting;

namespace K12Hub.Accounts;

/// <summary>Why a token is not given out.</summary>
internal static class TokenRefusals
{
    public static readonly Refusal Name = new("token.name", "Give it a name of 1 to 100 characters.");

    public static readonly Refusal NameTaken = new(
        "token.name_taken", "A token of this name holds already. Choose another name, or revoke that one first.");

    public static readonly Refusal Permissions = new(
        "token.permissions", "Name at least one permission, and only such as you have yourself.");

    public static readonly Refusal Expiry = new("token.expiry", "Say when it ends: in at most a year.");

    public static readonly Refusal ProveAgain = new(
        "token.prove_again", "Sign in again first: what gives access away needs a fresh proof of who you are.");

    public static readonly Refusal NotFound = Refusal.NotFound("token");
}
