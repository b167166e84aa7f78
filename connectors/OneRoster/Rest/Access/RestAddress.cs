namespace K12Hub.OneRoster.Rest.Access;

/// <summary>Addresses as they are written: some hold <c>%2F</c> and other things that must arrive as they
/// are.</summary>
internal static class RestAddress
{
    private static readonly UriCreationOptions asWritten =
        new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static Uri Of(string url) => new(url, asWritten);

    /// <summary>Host and path for people: never a query, which may hold keys.</summary>
    public static string Shown(string url)
    {
        var uri = Of(url);
        var path = uri.AbsolutePath.TrimEnd('/');

        return $"{uri.Host}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}{path}";
    }
}
