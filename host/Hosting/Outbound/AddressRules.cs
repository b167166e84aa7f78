using System.Net;
using System.Net.Sockets;

namespace K12Hub.Hosting;

/// <summary>Which addresses this program may ask. A name that leads into our own network would make this program fetch
/// what whoever named it must not see, so what a name leads to is looked at when the connection is made.</summary>
public static class AddressRules
{
    /// <summary>Whether an address may be asked.</summary>
    /// <param name="address">The address a name leads to.</param>
    /// <param name="loopback">Whether this machine may be.</param>
    /// <param name="privateNetworks">Whether private networks may be.</param>
    public static bool Allows(IPAddress address, bool loopback, bool privateNetworks)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return loopback;

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => AllowsV4(address.GetAddressBytes(), privateNetworks),
            AddressFamily.InterNetworkV6 => AllowsV6(address, privateNetworks),
            _ => false,
        };
    }

    private static bool AllowsV4(byte[] octets, bool privateNetworks) => octets switch
    {
        [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [100, >= 64 and <= 127, ..] => privateNetworks,
        // This network, link-local (also where clouds tell their secrets), documentation, benchmarks, multicast.
        [0, ..] or [169, 254, ..] or [192, 0, 0 or 2, _] or [198, 18 or 19, ..] or [198, 51, 100, _]
            or [203, 0, 113, _] or [>= 224, ..] => false,
        _ => true,
    };

    private static bool AllowsV6(IPAddress address, bool privateNetworks)
    {
        if (address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.IsIPv6SiteLocal
            || address.Equals(IPAddress.IPv6Any))
        {
            return false;
        }

        var octets = address.GetAddressBytes();
        // Addresses of the fourth version wrapped for translators and tunnels lead where those lead.
        if (octets.AsSpan(0, 12).SequenceEqual((ReadOnlySpan<byte>)[0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]))
            return AllowsV4(octets[12..], privateNetworks);
        if (octets is [0x20, 0x02, ..]) return AllowsV4(octets[2..6], privateNetworks);
        if (octets is [0x20, 0x01, 0x0D, 0xB8, ..] or [0x20, 0x01, 0, 0, ..]) return false;

        return !address.IsIPv6UniqueLocal || privateNetworks;
    }
}
