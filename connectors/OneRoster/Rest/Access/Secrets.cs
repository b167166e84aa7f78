namespace K12Hub.OneRoster.Rest.Access;

/// <summary>What opens a source. Never printed, and no part of any message.</summary>
internal sealed class Secrets
{
    public string Id { get; private init; } = "";

    public string Secret { get; private init; } = "";

    public string Token { get; private init; } = "";

    /// <summary>Reads them from the settings or the files these name.</summary>
    /// <returns>Them, or what is missing.</returns>
    public static async ValueTask<(Secrets?, string? Missing)> ReadAsync(
        RestSourceSettings settings, AuthStyle auth, CancellationToken ct)
    {
        try
        {
            var found = new Secrets
            {
                Id = settings.ClientId?.Trim() ?? "",
                Secret = await ValueAsync(settings.ClientSecret, settings.ClientSecretFile, ct),
                Token = await ValueAsync(settings.Token, settings.TokenFile, ct),
            };
            var missing = auth is AuthStyle.Bearer
                ? found.Token.Length == 0 ? "Token" : null
                : found.Id.Length == 0 ? "ClientId" : found.Secret.Length == 0 ? "ClientSecret" : null;

            return missing is null ? (found, null) : (null, $"{missing} is not set.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, "The file with the secret cannot be read.");
        }
    }

    public override string ToString() => "(secrets)";

    private static async ValueTask<string> ValueAsync(string? value, string? file, CancellationToken ct) =>
        (string.IsNullOrEmpty(file) ? value ?? "" : await File.ReadAllTextAsync(file, ct)).Trim();
}
