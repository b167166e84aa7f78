using System.ComponentModel.DataAnnotations;
using System.Net;

namespace K12Hub.App;

/// <summary>Decides where we may listen: on this machine only, unless somebody said otherwise.</summary>
internal static class Addresses
{
    /// <summary>The addresses of the settings.</summary>
    /// <exception cref="ValidationException">One is not an address.</exception>
    /// <exception cref="RefusedException">One can be reached from other machines.</exception>
    public static string[] Of(ServerSettings settings)
    {
        var addresses = settings.Urls.Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var address in addresses)
        {
            Check(address, settings.AllowOtherAddresses);
        }

        return addresses.Length > 0
            ? addresses
            : throw new ValidationException("Setting Server: Urls names no address.");
    }

    private static void Check(string address, bool othersAllowed)
    {
        // "*" and "+" are Kestrel's words for every address of the machine; they are no hosts to Uri.
        var known = address.Replace("://*", "://0.0.0.0", StringComparison.Ordinal)
            .Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(known, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp
            || uri.PathAndQuery != "/")
        {
            throw new ValidationException(
                $"{address} is not an address to serve on; it looks like http://127.0.0.1:5080. "
                + "TLS is a proxy's work.");
        }

        if (!othersAllowed && !IsLoopback(uri))
        {
            throw new RefusedException(
                $"{address} can be reached from other machines, and what is said to it can be read on the way. "
                + "Put a proxy with TLS before it and set K12HUB__Server__AllowOtherAddresses=true.");
        }
    }

    private static bool IsLoopback(Uri uri) =>
        uri.Host == "localhost"
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
