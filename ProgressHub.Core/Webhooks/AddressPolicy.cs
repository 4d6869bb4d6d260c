using System.Net;
using Microsoft.Extensions.Options;

namespace ProgressHub.Core.Webhooks;

/// <summary>Which addresses webhooks may go to: public ones, and what the operator allows beside them.</summary>
internal sealed class AddressPolicy
{
    private readonly bool _allowsAll;
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IPNetwork> _networks = [];

    public AddressPolicy(IOptions<WebhookOptions> options)
    {
        _allowsAll = options.Value.AllowPrivateAddresses;
        foreach (var allowed in options.Value.AllowedAddresses.Select(a => a.Trim()))
        {
            if (IPNetwork.TryParse(allowed, out var network))
                _networks.Add(network);
            else if (IPAddress.TryParse(allowed, out var address))
                _networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                _hosts.Add(allowed);
        }
    }

    /// <summary>Whether an address may be connected to that was found for a host.</summary>
    public bool Allows(string host, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _allowsAll || PublicAddresses.Contains(plain) || _hosts.Contains(host)
            || _networks.Any(network => network.Contains(plain));
    }
}
