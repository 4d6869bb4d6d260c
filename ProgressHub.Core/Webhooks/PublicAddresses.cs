using System.Net;
using System.Net.Sockets;

namespace ProgressHub.Core.Webhooks;

/// <summary>
/// Which addresses are on the public internet. What is not global unicast in IANA's special-purpose registries (RFC 6890
/// and its successors) is not; an IPv6 address that carries an IPv4 one is what that one is.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    /// <summary>Whether anybody on the internet may be meant by it.</summary>
    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return Contains(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            var bytes = address.GetAddressBytes();
            if (Nat64.Contains(address))
                return Contains(new IPAddress(bytes.AsSpan(12, 4)));
            if (SixToFour.Contains(address))
                return Contains(new IPAddress(bytes.AsSpan(2, 4)));
            if (!GlobalUnicast.Contains(address))
                return false;
        }

        return !Special.Any(network => network.Contains(address));
    }
}
